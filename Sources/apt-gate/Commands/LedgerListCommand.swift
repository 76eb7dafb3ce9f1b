import ArgumentParser
import GateModel
import Ledger
import LedgerLog

/// `apt-gate ledger list`: the entries.
struct LedgerListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List entries of the ledger, the oldest first.")

  @Option(help: ArgumentHelp("Only entries from this time on: RFC 3339, or a day.", valueName: "time"))
  var since: TimeArgument?

  @Option(help: ArgumentHelp("Only entries before this time: RFC 3339, or a day.", valueName: "time"))
  var until: TimeArgument?

  @Option(
    help: ArgumentHelp("Only entries of this kind; may be repeated.", valueName: "kind"), transform: Self.kind(named:))
  var kind: [LedgerKind] = []

  @Option(help: ArgumentHelp("Only entries about this source package.", valueName: "name"))
  var source: String?

  @Option(help: ArgumentHelp("Only the last so many.", valueName: "number"))
  var limit: Int?

  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("`--limit` must be at least 1") }
  }

  func run() throws {
    let filter = EntryFilter(
      since: since?.time, until: until?.time, kinds: Set(kind), source: source, limit: limit)
    let entries = try NodeLedger.read(state: state.folder).entries(filter)
    try outputOptions.print(LedgerListDocument(entries: entries).json) { layout in
      LedgerListText(entries: entries, layout: layout).text
    }
  }

  private static func kind(named name: String) throws -> LedgerKind {
    guard let kind = LedgerKind(rawValue: name) else {
      let known = LedgerKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there are no entries of the kind `\(name)`; there are \(known)")
    }
    return kind
  }
}
