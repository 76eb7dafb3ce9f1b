import ArgumentParser
import CoordinatorClient
import GateConfiguration

/// Options of every command that asks the fleet's coordinator.
struct FleetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Ask this coordinator. (default: that of the configuration)", valueName: "url"))
  var coordinator: String?

  @Option(
    help: ArgumentHelp("Trust the authorities in this PEM file, not the system's.", valueName: "file"),
    completion: .file(extensions: ["pem"]))
  var trust: String?

  @Option(help: ArgumentHelp("Show this certificate, a PEM file.", valueName: "file"), completion: .file())
  var certificate: String?

  @Option(help: ArgumentHelp("The certificate's key, a PEM file.", valueName: "file"), completion: .file())
  var key: String?

  @Option(help: ArgumentHelp("Show the token in this file.", valueName: "file"), completion: .file())
  var tokenFile: String?

  @Option(
    help: ArgumentHelp("Read this configuration. (default: /etc/apt-gate/apt-gate.yaml)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  /// How long an operator waits for an answer.
  static let patience = Duration.seconds(30)

  func validate() throws {
    if (certificate == nil) != (key == nil) { throw ValidationError("`--certificate` and `--key` need each other") }
  }

  private var connection: FleetConnection {
    FleetConnection(
      coordinator: coordinator, trust: trust, certificate: certificate, key: key, tokenFile: tokenFile, config: config)
  }

  /// What the command line says, and the configuration where it says nothing.
  func address() throws -> CoordinatorAddress { try connection.address() }

  /// The configuration of this machine.
  func settings() throws -> GateSettings { try connection.settings() }

  func ask<Answer: Sendable>(
    _ body: @escaping @Sendable (CoordinatorClient) async throws -> Answer
  ) throws -> Answer {
    try FleetQuestion.ask(try address(), within: Self.patience, body)
  }
}
