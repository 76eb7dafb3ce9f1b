internal import GateModel

/// Leftovers of a run that died, or of the time before a reboot, were cleared away.
public struct SweepRecord: Sendable, Hashable {
  public var cause: Cause
  /// Shields, pins, locks and files, by path or name.
  public var removed: [String]
  /// Units whose owed restarts the reboot settled.
  public var settled: [String]
  /// The transactions and restarts that have no outcome and get none.
  public var interrupted: [String]

  /// What made it necessary.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    case boot
    /// apt, dpkg or the hook was killed.
    case death
  }

  public init(cause: Cause, removed: [String] = [], settled: [String] = [], interrupted: [String] = []) {
    self.cause = cause
    self.removed = removed
    self.settled = settled
    self.interrupted = interrupted
  }
}

extension SweepRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("cause", .string(cause.rawValue)), ("removed", .strings(removed)), ("settled", .strings(settled)),
      ("interrupted", .strings(interrupted))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      cause: try reader.choice("cause"), removed: try reader.texts("removed"), settled: try reader.texts("settled"),
      interrupted: try reader.texts("interrupted"))
  }
}
