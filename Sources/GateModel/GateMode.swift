/// Whether decisions are made effective.
public enum GateMode: String, Sendable, Hashable, CaseIterable {
  /// What is held stays out.
  case enforce
  /// Everything is decided and recorded; nothing is held, shielded or vetoed.
  case observe
}
