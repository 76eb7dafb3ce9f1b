import ArgumentParser
import GateModel
import Policy

/// `apt-gate policy diff`: how two sets of policies differ in what they decide.
struct PolicyDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Tell whether one set of policies is stricter or looser than another.",
    discussion: """
      Both decide on facts that are made up from what their rules name, and on recorded ones. That is examples, \
      not a proof. Exits with 0 whatever the difference is, and with 4 if a policy is broken.
      """)

  @Argument(help: ArgumentHelp("The folder of policies to compare with.", valueName: "a"), completion: .directory)
  var before: String

  @Argument(help: ArgumentHelp("The folder of policies to compare.", valueName: "b"), completion: .directory)
  var after: String

  @Option(
    help: ArgumentHelp(
      "Compare also on facts that `apt-gate check --facts` printed; may be repeated.", valueName: "file"),
    completion: .file())
  var facts: [String] = []

  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let sets = try [before, after].map { try PolicyFolders(folders: [$0]).loadWhole() }
    let recorded = try facts.flatMap(FactsFile.load).map { sets.reduce($0) { $0.seen(by: $1) } }
    let diff = PolicyDiff(sets[0], sets[1], recorded: recorded)
    try outputOptions.print(PolicyDiffDocument(diff: diff).json) { PolicyDiffText(diff: diff, layout: $0).text }
  }
}
