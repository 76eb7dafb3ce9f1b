import ArgumentParser

/// `apt-gate policy check`: everything that is wrong with policies, at once.
struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Show all errors of all policies and their tests, and what may not do as meant.",
    discussion: "Exits with 0 if there are no errors, whatever the warnings, and with 3 if there are.")

  @OptionGroup var policies: PolicyArguments
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let check = PolicyCheck(
      try policies.policyFolders.read(tests: true), context: try .ofThisNode(nodeOptions, output: outputOptions))
    try outputOptions.print(PolicyCheckDocument(check: check).json) { PolicyCheckText(check: check, layout: $0).text }
    try AptGate.finish(check.errors == 0 ? .done : .checkFailed)
  }
}
