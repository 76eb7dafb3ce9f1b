import ArgumentParser

/// `apt-gate network show`: the network state.
struct NetworkShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show links, addresses, routes of all tables, rules, nexthops and neighbours.")

  @OptionGroup var networkOptions: NetworkOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {}
}
