import ArgumentParser
import Policy

/// `apt-gate policy list`: the policies and their rules.
struct PolicyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List policies with their rules.",
    discussion: "Exits with 4 if a policy is broken; what could be read is listed.")

  @OptionGroup var policies: PolicyArguments
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let set = try policies.policyFolders.load()
    try outputOptions.print(PolicyListDocument(policies: set).json) { PolicyListText(policies: set, layout: $0).text }
    try AptGate.finish(set.brokenBy == nil ? .done : .undetermined)
  }
}
