import ArgumentParser
import NetworkSystem

/// Options of the commands about a node's network: which network it is, and where its snapshots are.
struct NetworkOptions: ParsableArguments {
  /// Where snapshots are kept unless said otherwise: below it, in `snapshots`.
  static let standardState = "/var/lib/apt-gate"

  @Option(
    help: ArgumentHelp(
      "Work on the network namespace at this path, such as /run/netns/NAME. (default: the one this process is in)",
      valueName: "path"),
    completion: .file())
  var netns: String?

  @Option(
    help: ArgumentHelp("Keep snapshots below this folder. (default: \(standardState))", valueName: "dir"),
    completion: .directory)
  var state: String?

  var stateFolder: String { state ?? Self.standardState }

  var store: SnapshotStore { SnapshotStore(folder: "\(stateFolder)/snapshots") }

  func validate() throws {
    if state?.isEmpty == true { throw ValidationError("`--state` needs the name of a folder") }
    if netns?.isEmpty == true { throw ValidationError("`--netns` needs the path of a network namespace") }
  }
}
