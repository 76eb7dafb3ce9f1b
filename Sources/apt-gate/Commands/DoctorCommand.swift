import ArgumentParser

/// `apt-gate doctor`: is the gate really in the way?
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check that the gate is really in the way, and say what to do where it is not.",
    discussion: """
      Changes nothing. Exits with 0 if nothing is found, 3 if something is, and 4 if nothing is but a part can be seen by \
      root only.
      """)

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let report = DoctorReport(of: try DoctorNode(settingsOptions.choice, nodeOptions))
    try outputOptions.print(DoctorDocument(report: report).json) { DoctorText(report: report, layout: $0).text }
    try AptGate.finish(report.status)
  }
}
