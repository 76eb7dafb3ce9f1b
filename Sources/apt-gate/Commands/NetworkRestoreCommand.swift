import ArgumentParser

/// `apt-gate network restore`: puts back what a snapshot has and the node has not.
struct NetworkRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put back what is missing of a snapshot.",
    discussion: """
      Sets links up, then adds what is missing: addresses, neighbours, nexthops, routes, rules. What is there in \
      another form is left alone and listed. Asks nothing; look at --dry-run first. Exits with 1 if anything could \
      not be put back.
      """)

  @Argument(
    help: ArgumentHelp("An id of a snapshot, its beginning, a path, or `latest`.", valueName: "snapshot"),
    completion: SnapshotName.completion)
  var snapshot: SnapshotName

  @Flag(help: "Show what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Replace what is there in another form, and delete what the snapshot does not have; never links.")
  var exact = false

  @Flag(help: "Restore a snapshot of another host or an earlier boot. Links are matched by name.")
  var force = false

  @OptionGroup var churnOptions: ExpectedChurnOptions
  @OptionGroup var networkOptions: NetworkOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    var restoration = try NetworkRestoration(
      of: snapshot.stored(in: networkOptions.store), namespace: networkOptions.netns, expected: churnOptions.churn(),
      isExact: exact, isForced: force)
    try restoration.plan()
    if !dryRun { try restoration.carryOut(ProgressLine(isQuiet: outputOptions.quiet)) }
    try outputOptions.print(NetworkRestoreDocument(restoration: restoration).json) {
      NetworkRestoreText(restoration: restoration, layout: $0).text
    }
    try AptGate.finish(restoration.status)
  }
}
