import ArgumentParser
import CoordinatorAPI
import CoordinatorClient

/// `apt-gate fleet configuration`: groups and rings in force.
struct FleetConfigurationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "configuration", abstract: "Show the fleet's groups and rings, or put others into force.")

  @Option(
    help: ArgumentHelp("Put this file into force; the coordinator says what is wrong with it.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var replaceWith: String?

  @Option(help: ArgumentHelp("Why; it is logged with your name.", valueName: "text"))
  var reason: String?

  @OptionGroup var fleet: FleetOptions

  func validate() throws {
    if replaceWith != nil, reason == nil { throw ValidationError("`--replace-with` needs `--reason`") }
  }

  func run() throws {
    let patience = FleetOptions.patience
    guard let path = replaceWith else {
      let document = try fleet.ask { try await $0.configuration(within: patience) }
      return try StandardStream.output.write(document.text)
    }
    guard let bytes = TextFile.bytes(of: path) else {
      throw CommandFailure(
        message: "cannot read `\(path)`", hint: "name a file of YAML; apt-gate-coordinator(8) has an example")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let why = reason ?? ""
    let document = try fleet.ask { client in
      var version: UInt64?
      do {
        version = try await client.configuration(within: patience).version
      } catch let error as CoordinatorClientError {
        guard case .refused(404, _) = error.code else { throw error }
      }
      return try await client.replaceConfiguration(
        with: ConfigurationChange(text: text, replaces: version, reason: why), within: patience)
    }
    try StandardStream.output.write("in force, version \(document.version)\n")
  }
}
