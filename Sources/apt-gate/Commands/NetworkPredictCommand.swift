import ArgumentParser
import NetworkState
import NetworkSystem

/// `apt-gate network predict`: what a restart of systemd-networkd would take away.
struct NetworkPredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Show what a restart of systemd-networkd would take away, and why.",
    discussion: """
      Restarts nothing. Changes nothing either, unless --fix and --write are given: then it writes the drop-ins after \
      which nothing would be lost.
      """)

  enum Event: String, ExpressibleByArgument, CaseIterable {
    case restart
    case newLink = "new-link"
  }

  @Option(help: ArgumentHelp("The version of systemd that starts. (default: the installed one)", valueName: "version"))
  var systemdVersion: NetworkdVersionArgument?

  @Option(help: "What happens: a restart, or a link appears that a .network file matches.")
  var event = Event.restart

  @Option(help: ArgumentHelp("Look at the network namespace at this path.", valueName: "path"))
  var netns: String?

  @Option(
    help: ArgumentHelp(
      "Read networkd's and udev's files below this folder. (default: where the networkd that runs finds them)",
      valueName: "dir"))
  var root: String?

  @Flag(help: "Show the drop-ins after which nothing would be lost.")
  var fix = false

  @Flag(help: "With --fix: write them.")
  var write = false

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if write, !fix { throw ValidationError("--write needs --fix") }
    if fix, event != .restart { throw ValidationError("--fix is about a restart, not about --event new-link") }
    if netns?.isEmpty == true { throw ValidationError("`--netns` needs the path of a network namespace") }
    if root?.isEmpty == true { throw ValidationError("`--root` needs the name of a folder") }
  }

  func run() throws {
    let question = PredictionQuestion(
      version: systemdVersion?.version, isNewLink: event == .newLink, namespace: netns, root: root)
    var answer = try question.answer()
    if fix { try answer.protect(writing: write) }
    try outputOptions.print(PredictionDocument(answer: answer).json) { layout in
      PredictionText(answer: answer, layout: layout).text
    }
  }
}
