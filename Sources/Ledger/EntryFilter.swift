public import GateModel
public import LedgerLog

/// Which entries are asked for; nil asks for all.
public struct EntryFilter: Sendable, Hashable {
  /// Not before this time.
  public var since: Timestamp?
  /// Before this time.
  public var until: Timestamp?
  /// Empty for all.
  public var kinds: Set<LedgerKind>
  /// Only entries about this source package.
  public var source: String?
  /// The last so many.
  public var limit: Int?

  public init(
    since: Timestamp? = nil, until: Timestamp? = nil, kinds: Set<LedgerKind> = [], source: String? = nil,
    limit: Int? = nil
  ) {
    self.since = since
    self.until = until
    self.kinds = kinds
    self.source = source
    self.limit = limit
  }
}
