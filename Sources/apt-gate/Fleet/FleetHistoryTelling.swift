import AuditReport
import CoordinatorClient
import GateConfiguration
import GateModel
import Glibc
import Ledger
import LedgerLog
import NetworkSystem

/// Tells the coordinator what the node's ledger comes to, whenever there is more in it, and once a day.
struct FleetHistoryTelling {
  /// Entries that are looked at: a history of years is told by its end, and by what it still rests on.
  private static let mostEntries = 20_000
  /// So that a coordinator that lost its store has it again.
  private static let again = Duration.seconds(86_400)

  let fleet: FleetMembership
  let state: String

  private var file: String { "\(state)/told-history" }

  /// Gives whether anything was told.
  @discardableResult
  func tell(at now: Timestamp) throws -> Bool {
    let ledger = try NodeLedger.read(state: state)
    guard let checkpoint = try ledger.checkpoint() else { return false }
    let mark = "\(checkpoint.checkpoint.size) \(checkpoint.checkpoint.root.text) \(fleet.coordinator)"
    if isTold(mark, at: now) { return false }
    let history = try Self.history(of: ledger, entries: checkpoint.checkpoint.size, at: now)
    let patience = fleet.deadline
    try FleetQuestion.ask(fleet.address, within: patience) { try await $0.tell(history, within: patience) }
    try AtomicFile.write("\(mark)\n\(now)\n", to: file)
    return true
  }

  static func history(of ledger: NodeLedger, entries count: Int, at now: Timestamp) throws -> NodeHistory {
    // One second more, so that an entry of this second counts.
    let period = ReportPeriod(until: now.advanced(by: .seconds(1)), made: now)
    var builder = ReportBuilder(period: period)
    let (entries, whole) = try ledger.newestEntries(mostEntries)
    for entry in entries { builder.add(entry) }
    return NodeHistory(builder.report(), since: whole, entries: count)
  }

  private func isTold(_ mark: String, at now: Timestamp) -> Bool {
    guard let lines = TextFile.contents(of: file)?.split(separator: "\n").map(String.init), lines.count == 2,
      lines[0] == mark, let time = Timestamp(lines[1])
    else { return false }
    return time <= now && now.duration(since: time) < Self.again
  }
}
