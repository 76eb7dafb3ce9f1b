import ArgumentParser
import NetworkSystem

/// `apt-gate network snapshot`: keeps the network state.
struct NetworkSnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Keep the network state as a snapshot on disk, or list what is kept.",
    discussion: """
      A snapshot is a folder with the kernel's own messages in the format of `ip route save`, `ip rule save` and \
      `ip addr save`. After it is written, older ones are removed until what is left is within the limits.
      """)

  @Option(help: ArgumentHelp("Why it is taken, in a few words, for whoever lists snapshots later.", valueName: "text"))
  var why = "by hand"

  @Flag(help: "List the snapshots, oldest first, and take none.")
  var list = false

  @OptionGroup var retentionOptions: RetentionOptions
  @OptionGroup var networkOptions: NetworkOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let store = networkOptions.store
    let document = NetworkSnapshotsDocument(
      folder: store.folder, snapshots: list ? try store.list() : [], removed: [], isListing: list)
    try print(list ? document : take(store))
  }

  private func take(_ store: SnapshotStore) throws -> NetworkSnapshotsDocument {
    let progress = ProgressLine(isQuiet: outputOptions.quiet)
    defer { progress.finish() }
    progress.update("reading the network state")
    let reader = SnapshotReader(namespace: networkOptions.netns)
    let manifest = try store.take(with: reader, why: why, by: .after(NetworkView.patience))
    let now = SnapshotOrigin.here(why: why).microseconds
    return NetworkSnapshotsDocument(
      folder: store.folder, snapshots: [manifest], removed: try store.prune(retentionOptions.retention, now: now),
      isListing: false)
  }

  private func print(_ document: NetworkSnapshotsDocument) throws {
    try outputOptions.print(document.json) { NetworkSnapshotsText(document: document, layout: $0).text }
  }
}
