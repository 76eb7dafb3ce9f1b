import ArgumentParser
import AuditReport
import GateModel
import Ledger
import LedgerLog

/// `apt-gate report`: what was held and why, for how long, and who let it through.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Report for an auditor what was held, why, how long, and who let it through.",
    discussion: """
      Reads this node's ledger or an export of one, and verifies it on the way. What the ledger does not say is written \
      as unknown. Exits with 3 if the ledger does not verify; the report then says what does not fit.
      """)

  @Option(help: ArgumentHelp("Report from this time on: RFC 3339, or a day.", valueName: "time"))
  var since: TimeArgument?

  @Option(
    help: ArgumentHelp("Report on the state before this time: RFC 3339, or a day. (default: now)", valueName: "time"))
  var until: TimeArgument?

  @Option(help: "How to write it. (default: as the name of the output file says, otherwise md)")
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp("Which table to write as CSV.", valueName: "table"), completion: .list(Self.tables),
    transform: Self.table(named:))
  var table: ReportTableName?

  @Option(
    help: ArgumentHelp("Write to this file instead of standard output, all of it or nothing.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Read this export instead of the node's ledger.", valueName: "dir"), completion: .directory)
  var export: String?

  @OptionGroup var trust: VerificationOptions
  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if outputOptions.json, let format, format != .json {
      throw ValidationError("`--json` and `--format \(format.rawValue)` contradict each other")
    }
    if table != nil, chosenFormat != .csv { throw ValidationError("`--table` goes with `--format csv`") }
    if let since, let until, since.time >= until.time { throw ValidationError("`--since` must be before `--until`") }
  }

  private var chosenFormat: ReportFormat {
    if outputOptions.json { return .json }
    return format ?? output.flatMap { ReportFormat(path: $0) } ?? .md
  }

  func run() throws {
    let source = ReportSource(
      export: export, state: state.folder, key: try trust.trustedKey(), witness: try trust.witnessKey(),
      older: try trust.olderCheckpoints())
    let now = Timestamp.now
    let report = try source.report(
      on: ReportPeriod(since: since?.time, until: min(until?.time ?? now, now), made: now))
    try write(try text(of: report))
    try AptGate.finish(report.verification?.verification.isValid == false ? .checkFailed : .done)
  }

  private func text(of report: NodeReport) throws -> String {
    switch chosenFormat {
    case .html: return report.html
    case .csv: return report.csv(table ?? .held)
    case .json: return JSONWriter.text(of: report.json)
    case .md: return report.markdown
    case .openvex:
      guard let document = report.openVEX(version: AptGate.version) else {
        throw CommandFailure(
          message: "nothing that is held is known to fix a CVE, and an OpenVEX document needs a statement",
          hint: "`--format csv --table deferred` lists what is deferred")
      }
      return JSONWriter.text(of: document)
    }
  }

  private func write(_ text: String) throws {
    guard let output else { return try StandardStream.output.write(text) }
    try ReportFile(path: output).write(text)
  }

  private static var tables: [String] { ReportTableName.allCases.map(\.rawValue) }

  private static func table(named name: String) throws -> ReportTableName {
    guard let table = ReportTableName(rawValue: name) else {
      throw ValidationError("there is no table `\(name)`; there are \(tables.joined(separator: ", "))")
    }
    return table
  }
}
