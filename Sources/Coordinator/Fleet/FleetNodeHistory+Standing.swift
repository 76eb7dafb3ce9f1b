internal import AuditReport
internal import CoordinatorPages

extension FleetNodeHistory.Ledger {
  init(_ standing: LedgerStanding) {
    self.init(
      state: standing.state.rawValue, entries: standing.entries, witnessed: standing.witnessed, alarm: standing.alarm)
  }
}
