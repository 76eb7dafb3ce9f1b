import ArgumentParser

/// `apt-gate inspect`: the effects of any .deb.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what installing a .deb would do to this node.",
    discussion: "Decides nothing and changes nothing.")

  @Argument(help: ArgumentHelp("The .deb to read.", valueName: "file.deb"), completion: .file(extensions: ["deb"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The version it would replace. (default: the installed one, if any)", valueName: "version"))
  var from: VersionArgument?

  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    let inspection = try gate.inspect(file: file, from: from?.version)
    try outputOptions.print(InspectDocument(inspection: inspection).json) { layout in
      InspectText(inspection: inspection, layout: layout).text
    }
  }
}
