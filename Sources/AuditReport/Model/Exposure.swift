public import GateModel
public import LedgerLog

/// A version from the time that the node first saw it to its end.
public struct Exposure: Sendable, Hashable {
  public var source: String
  public var from: String?
  public var to: String
  public var firstSeen: Timestamp
  public var end: End
  /// When it was held, in the order of time; the last may be without an end.
  public var holds: [HoldSpan]
  public var isSecurity: Bool?
  public var origins: [String]
  public var changelog: ChangelogRecord?
  /// From first seen to its end, or to the end of the period.
  public var open: Duration
  /// How long of it the version was held.
  public var held: Duration

  /// How it ended.
  public enum End: Sendable, Hashable {
    /// It is still pending.
    case open
    /// A transaction applied it, and completed.
    case applied(Timestamp, transaction: String)
    /// A later entry shows it as the installed version; how it came there is not recorded.
    case installed(Timestamp)
    /// A later version of the source was applied.
    case superseded(Timestamp, by: String)
    /// A transaction was to apply it, and did not complete: whether it did is not known.
    case unclear(Timestamp, transaction: String)
    /// The source was removed.
    case removed(Timestamp)
    /// It was not pending any more, and no transaction says why.
    case withdrawn(Timestamp)

    public var time: Timestamp? {
      switch self {
      case .open: nil
      case .applied(let time, _), .installed(let time), .superseded(let time, _), .unclear(let time, _),
        .removed(let time), .withdrawn(let time):
        time
      }
    }

    /// Its one word in every format.
    public var word: String {
      switch self {
      case .open: "open"
      case .applied: "applied"
      case .installed: "installed"
      case .superseded: "superseded"
      case .unclear: "unclear"
      case .removed: "removed"
      case .withdrawn: "withdrawn"
      }
    }

    /// The transaction or version that ended it.
    public var cause: String? {
      switch self {
      case .applied(_, let transaction), .unclear(_, let transaction): transaction
      case .superseded(_, let version): version
      default: nil
      }
    }
  }
}

/// A time without a break in which a version was held.
public struct HoldSpan: Sendable, Hashable {
  public var start: Timestamp
  /// nil: it still is.
  public var end: Timestamp?
  /// The verdict on the change itself; `allow` or `shield` where only `heldBy` keeps it back.
  public var verdict: Verdict
  public var rules: [String]
  /// The sources whose holds keep it back.
  public var heldBy: [String]
}

/// A CVE from the time that the node first saw a version that fixes it to the time that one was applied.
public struct CVEExposure: Sendable, Hashable {
  public var cve: String
  public var source: String
  /// The versions that fix it, in the order in which they were seen.
  public var versions: [String]
  public var firstSeen: Timestamp
  public var end: Exposure.End
  public var open: Duration
  public var held: Duration
}

/// A day of the chart of exposure.
public struct ExposureDay: Sendable, Hashable {
  public var day: CivilDate
  /// Versions that were pending at some time of the day.
  public var pending: Int
  /// Of them: those that were held at some time of it.
  public var held: Int
  /// Of those that were pending: security updates for certain, and of these the held ones.
  public var security: Int
  public var heldSecurity: Int
}
