/// The tables that a fleet's report has, by the name that the command line knows.
public enum FleetTableName: String, Sendable, Hashable, CaseIterable {
  case held, holds, exposure, cves, approvals, deeds, vetoes, effects, transactions, restarts, ledgers
}
