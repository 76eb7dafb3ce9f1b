import GateModel
import Ledger
import LedgerLog
import Policy

extension ConfigurationRecord {
  /// What is in force from now on.
  init(inForce policies: PolicySet, digest: String, mode: GateMode) {
    self.init(
      policyDigest: digest, mode: mode.rawValue, version: AptGate.version,
      policies: policies.documents.map(\.name))
  }
}

extension NodeLedger {
  /// Records which policies and which mode are in force, if they are not those of the last such entry.
  func recordConfiguration(_ record: ConfigurationRecord, at time: Timestamp) throws(LedgerError) {
    guard try configuration()?.record != record else { return }
    try append([.configuration(record)], at: time)
  }
}
