import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import Documents
import FleetConfiguration

/// The fleet's configuration that a command is about.
struct FleetPlanArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A fleet's configuration. (default: the one in force)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var file: String?

  /// Throws if there is none; what is wrong in it stands in the result.
  func file(_ fleet: FleetOptions) throws -> FleetFile {
    guard let path = file else {
      let document = try fleet.ask { try await $0.configuration(within: FleetOptions.patience) }
      return FleetFile.read(DocumentSource(name: "fleet.yaml", text: document.text))
    }
    guard let bytes = TextFile.bytes(of: path) else {
      throw CommandFailure(
        message: "cannot read `\(path)`", hint: "name a file of YAML; apt-gate-fleet(5) has an example")
    }
    return FleetFile.read(DocumentSource(name: path, text: String(decoding: bytes, as: UTF8.self)))
  }
}
