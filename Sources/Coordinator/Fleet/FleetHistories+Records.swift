internal import AuditReport
internal import CoordinatorPages

extension FleetNodeHistory.Ledger {
  init(_ standing: LedgerStanding) {
    self.init(
      state: standing.state.rawValue, entries: standing.entries, witnessed: standing.witnessed, alarm: standing.alarm)
  }
}

extension FleetDeed {
  init(_ line: AuditLine) {
    self.init(
      number: line.number, time: line.time, by: line.by, what: line.what, about: line.about, reason: line.reason,
      isIntact: line.isIntact)
  }
}
