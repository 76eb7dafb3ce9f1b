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
      Reads this node's ledger or an export of one, and verifies it on the way; with `--fleet` or `--coordinator` it asks \
      the coordinator for what all nodes told of theirs, which needs the role auditor. What nobody says is written as \
      unknown. Exits with 3 if a ledger does not verify or contradicts what was seen of it; the report then says which.
      """)

  @Option(help: ArgumentHelp("Report from this time on: RFC 3339, or a day.", valueName: "time"))
  var since: TimeArgument?

  @Option(
    help: ArgumentHelp("Report on the state before this time: RFC 3339, or a day. (default: now)", valueName: "time"))
  var until: TimeArgument?

  @Option(help: "How to write it. (default: as the name of the output file says, otherwise md)")
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp("Which table to write as CSV. (default: held)", valueName: "table"),
    completion: .list(Set(Self.tables + Self.fleetTables).sorted()))
  var table: String?

  @Option(
    help: ArgumentHelp("Write to this file instead of standard output, all of it or nothing.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Read this export instead of the node's ledger.", valueName: "dir"), completion: .directory)
  var export: String?

  @OptionGroup var fleet: FleetReportOptions
  @OptionGroup var trust: VerificationOptions
  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if outputOptions.json, let format, format != .json {
      throw ValidationError("`--json` and `--format \(format.rawValue)` contradict each other")
    }
    if table != nil, chosenFormat != .csv { throw ValidationError("`--table` goes with `--format csv`") }
    if let table { try validate(table: table) }
    try validateFleet()
    if let since, let until, since.time >= until.time { throw ValidationError("`--since` must be before `--until`") }
  }

  private var chosenFormat: ReportFormat {
    if outputOptions.json { return .json }
    return format ?? output.flatMap { ReportFormat(path: $0) } ?? .md
  }

  private func validate(table name: String) throws {
    let known = fleet.isAsked ? Self.fleetTables : Self.tables
    guard !known.contains(name) else { return }
    let what = fleet.isAsked ? "table of a fleet's report" : "table"
    throw ValidationError("there is no \(what) `\(name)`; there are \(known.joined(separator: ", "))")
  }

  private func validateFleet() throws {
    guard fleet.isAsked else {
      if fleet.trust != nil || fleet.certificate != nil || fleet.tokenFile != nil || fleet.config != nil {
        throw ValidationError(
          "`--trust`, `--certificate`, `--token-file` and `--config` go with `--fleet` or `--coordinator`")
      }
      return
    }
    if export != nil || trust.witness != nil || !trust.checkpoint.isEmpty {
      throw ValidationError("`--export`, `--witness` and `--checkpoint` are about one ledger, not about a fleet")
    }
    if (fleet.certificate == nil) != (trust.key == nil) {
      throw ValidationError("with a fleet's report `--certificate` and `--key` need each other")
    }
    if chosenFormat == .openvex { throw ValidationError("OpenVEX is written of one node, not of a fleet") }
  }

  func run() throws {
    let now = Timestamp.now
    let period = ReportPeriod(since: since?.time, until: min(until?.time ?? now, now), made: now)
    if fleet.isAsked { return try runOnFleet(period) }
    let source = ReportSource(
      export: export, state: state.folder, key: try trust.trustedKey(), witness: try trust.witnessKey(),
      older: try trust.olderCheckpoints())
    let report = try source.report(on: period)
    try write(try text(of: report))
    try AptGate.finish(report.verification?.verification.isValid == false ? .checkFailed : .done)
  }

  private func runOnFleet(_ period: ReportPeriod) throws {
    let address = try fleet.connection(key: trust.key).address()
    let report = try FleetReportSource(address: address).report(on: period)
    let text =
      switch chosenFormat {
      case .html: report.html
      case .csv: report.csv(table.flatMap(FleetTableName.init) ?? .held)
      case .json: JSONWriter.text(ofMembers: report.eachJSONMember)
      case .md, .openvex: report.markdown
      }
    try write(text)
    try AptGate.finish(report.isIntact ? .done : .checkFailed)
  }

  private func text(of report: NodeReport) throws -> String {
    switch chosenFormat {
    case .html: return report.html
    case .csv: return report.csv(table.flatMap(ReportTableName.init) ?? .held)
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
  private static var fleetTables: [String] { FleetTableName.allCases.map(\.rawValue) }
}
