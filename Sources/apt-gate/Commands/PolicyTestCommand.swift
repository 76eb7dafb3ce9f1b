import ArgumentParser
import Policy

/// `apt-gate policy test`: runs the tests of policies.
struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of policies, and show which rules they cover.",
    discussion: """
      Tests beside a policy are about that policy alone; tests in a folder without one are about all policies \
      together. Exits with 0 if all pass, and with 3 if one fails or a file is broken.
      """)

  @OptionGroup var policies: PolicyArguments
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let suite = PolicyTestSuite(try policies.policyFolders.read(tests: true))
    try outputOptions.print(PolicyTestDocument(suite: suite).json) { PolicyTestText(suite: suite, layout: $0).text }
    try AptGate.finish(suite.passed ? .done : .checkFailed)
  }
}
