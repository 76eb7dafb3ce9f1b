import ArgumentParser
import NetworkState

/// `apt-gate network diff`: what differs between two network states.
struct NetworkDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two snapshots, or a snapshot with the state now.",
    discussion: """
      Counts come first, then the protected losses: routes, rules and nexthops that are gone and that the kernel did \
      not make itself. What changes by itself, such as remaining lifetimes, is no difference. Exits with 0 whatever \
      the difference is.
      """)

  @Argument(
    help: ArgumentHelp(
      "The earlier: an id of a snapshot, its beginning, a path, `latest` or `now`.", valueName: "a"),
    completion: SnapshotName.completion)
  var before: SnapshotName

  @Argument(help: ArgumentHelp("The later. (default: now)", valueName: "b"), completion: SnapshotName.completion)
  var after: SnapshotName?

  @OptionGroup var churnOptions: ExpectedChurnOptions
  @OptionGroup var networkOptions: NetworkOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let churn = try churnOptions.churn()
    let earlier = try before.view(networkOptions)
    let later = try after?.view(networkOptions) ?? .now(namespace: networkOptions.netns)
    let diff = NetworkDiff(from: earlier, to: later, expected: churn)
    try outputOptions.print(NetworkDiffDocument(diff: diff).json) { NetworkDiffText(diff: diff, layout: $0).text }
  }
}
