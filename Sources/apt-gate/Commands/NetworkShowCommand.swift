import ArgumentParser

/// `apt-gate network show`: the network state.
struct NetworkShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show links, addresses, routes of all tables, rules, nexthops and neighbours.",
    discussion: """
      Shows the state now, or that of a stored snapshot. Filters combine: what is shown has every property asked for.
      """)

  @Argument(
    help: ArgumentHelp(
      "An id of a snapshot, its beginning, a path, or `latest`. (default: now)", valueName: "snapshot"),
    completion: SnapshotName.completion)
  var snapshot: SnapshotName?

  @OptionGroup var filterOptions: ObjectFilterOptions
  @OptionGroup var networkOptions: NetworkOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let filter = try filterOptions.filter()
    let view = try snapshot?.view(networkOptions) ?? .now(namespace: networkOptions.netns)
    let show = NetworkShow(view: view, filter: filter)
    if outputOptions.json { return try show.writeJSON(StandardStream.output.write) }
    try show.writeText(outputOptions.layout, StandardStream.output.write)
  }
}
