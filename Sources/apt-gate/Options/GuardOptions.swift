import ArgumentParser
import NetworkState
import NetworkSystem

/// What is guarded, and where the report goes.
struct GuardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Guard the network namespace at this path, such as /run/netns/NAME. (default: the one this process is in)",
      valueName: "path"),
    completion: .file())
  var netns: String?

  @Option(
    help: ArgumentHelp(
      "Protect what this stored snapshot, a folder, has. (default: what is there when the command starts)",
      valueName: "dir"),
    completion: .directory)
  var baseline: String?

  @Option(help: ArgumentHelp("Write the report as JSON to this file as well.", valueName: "file"), completion: .file())
  var report: String?

  /// What comes and goes is not protected.
  @OptionGroup var churnOptions: ExpectedChurnOptions

  @Option(
    help: ArgumentHelp(
      "How many seconds systemd-networkd may take at most, after the command's end, to configure its links.",
      valueName: "seconds"))
  var settle = 10

  func validate() throws {
    guard (0...3600).contains(settle) else { throw ValidationError("`--settle` takes seconds, 0 to 3600") }
  }

  func settings() throws -> GuardSettings {
    var settings = GuardSettings(namespace: netns)
    settings.expected = try churnOptions.churn()
    settings.settle = .seconds(settle)
    return settings
  }

  /// The snapshot of `--baseline`; nil without that.
  func earlierBaseline() throws -> NetworkSnapshot? {
    try baseline.map { try SnapshotStore.read(folder: $0).snapshot }
  }

  /// Writes the report to the file of `--report`.
  func write(_ document: GuardDocument) throws {
    if let report { try AtomicFile.write(JSONWriter.text(of: document.json), to: report) }
  }
}
