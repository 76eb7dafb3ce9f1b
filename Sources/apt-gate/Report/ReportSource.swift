import AuditReport
import GateModel
import Ledger
import LedgerLog

/// Where the entries of a report come from, and what they are verified with.
struct ReportSource {
  /// An export's folder; nil for the ledger below `state`.
  var export: String?
  var state: String
  /// The key that the reader trusts.
  var key: VerifierKey?
  var witness: VerifierKey?
  /// Checkpoints from before, by name.
  var older: [(name: String, bytes: [UInt8])] = []

  /// The report on a period: every entry is read once, verified and counted in.
  func report(on period: ReportPeriod) throws -> NodeReport {
    var builder = ReportBuilder(period: period)
    let (verification, own) = try verify { builder.add($0) }
    return builder.report(
      verification: ReportVerification(
        verification: verification, key: (key ?? own).map(\.description) ?? "none", isKeyGiven: key != nil,
        witness: witness?.name, older: older.map(\.name)))
  }

  private func verify(_ entry: @escaping (LedgerEntry) -> Void) throws -> (LedgerVerification, VerifierKey?) {
    if let export {
      let ledger = LedgerExport(folder: export)
      return (try ledger.verify(key: key, witness: witness, older: older, entry: entry), ledger.verifierKey)
    }
    let ledger = try NodeLedger.read(state: state)
    return (try ledger.verify(key: key, witness: witness, older: older, entry: entry), ledger.verifierKey)
  }
}
