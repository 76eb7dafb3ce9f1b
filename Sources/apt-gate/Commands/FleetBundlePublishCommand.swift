import ArgumentParser
import CoordinatorAPI
import CoordinatorClient

/// `apt-gate fleet bundle publish`: puts a signed bundle into force.
struct FleetBundlePublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Put a signed bundle into force over the fleet.",
    discussion: """
      The coordinator takes it only from a caller with the role `publisher`, signed by a publisher of its \
      configuration, and newer than the one in force; nodes verify it again with keys of their own.
      """)

  @Argument(help: "The file that `fleet bundle sign` printed.", completion: .file()) var file: String
  @OptionGroup var fleet: FleetOptions

  func run() throws {
    guard let bytes = TextFile.bytes(of: file, limit: SignedPolicyBundle.largest),
      let signed = try? SignedPolicyBundle(json: bytes)
    else {
      throw CommandFailure(
        message: "`\(file)` is no signed bundle", hint: "`apt-gate fleet bundle sign FOLDER ... > FILE` makes one")
    }
    try fleet.ask { try await $0.publish(signed, within: FleetOptions.patience) }
    let version = signed.unverified.map { " \($0.version)" } ?? ""
    try StandardStream.output.write("in force: version\(version)\n")
  }
}
