import ArgumentParser
import Documents

/// `apt-gate policy eval`: an expression, or the policies, on recorded facts.
struct PolicyEvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluate an expression, or all policies, on facts that `check --facts` printed.",
    discussion: """
      With an expression: exits with 3 if it is wrong, and with 4 if it has no value for some update. Without: exits \
      as check does.
      """)

  @Argument(
    help: ArgumentHelp("An expression in CEL; without one the policies are evaluated.", valueName: "expression"))
  var expression: String?

  @Option(
    help: ArgumentHelp("Facts that `apt-gate check --facts` printed; - is standard input.", valueName: "file"),
    completion: .file())
  var facts: String

  @OptionGroup var folder: PolicyFolderOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let facts = try FactsFile.load(facts)
    if let expression { return try show(ExpressionResults(expression, on: facts)) }
    let results = PolicyResults(try folder.folders.load(), on: facts)
    try outputOptions.print(PolicyResultsDocument(results: results).json) {
      PolicyResultsText(results: results, layout: $0).text
    }
    try AptGate.finish(results.status)
  }

  private func show(_ results: ExpressionResults) throws {
    try StandardStream.error.tell(results.diagnostics)
    try outputOptions.print(ExpressionResultsDocument(results: results).json) {
      ExpressionResultsText(results: results, layout: $0).text
    }
    try AptGate.finish(results.status)
  }
}
