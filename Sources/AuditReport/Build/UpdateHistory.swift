internal import GateModel
internal import LedgerLog

/// Which versions were pending when, and what held them.
struct UpdateHistory: Sendable {
  private(set) var sources: [String: SourceTrack] = [:]
  /// The sources of which a version is pending.
  private var open: Set<String> = []
  /// The sources whose last transaction did not complete.
  private var unclear: Set<String> = []
  /// nil as long as no sync has told it.
  private var mode: GateMode?

  func decision(on source: String, _ version: String) -> DecisionRecord? { sources[source]?[version]?.decision }

  mutating func saw(_ record: FirstSeenRecord, at time: Timestamp) {
    let place = sources[record.source, default: SourceTrack()]
      .see(record.source, record.version, at: time, isRecorded: true)
    sources[record.source]?.set(origins: record.origins, ofPlace: place)
    open.insert(record.source)
  }

  mutating func decided(_ record: DecisionRecord, at time: Timestamp) {
    let source = record.change.source
    // The installed version shows what became of it.
    if let from = record.change.from { wasInstalled(from, of: source, at: time) }
    guard let version = record.change.to else { return }
    let place = sources[source, default: SourceTrack()].see(source, version, at: time, isRecorded: false)
    open.insert(source)
    sources[source]?.decide(record, at: time, place: place)
    guard mode != .observe else { return }
    sources[source]?.set(hold: record.verdict.isHeld ? HoldReasons(record) : nil, at: time)
  }

  private mutating func wasInstalled(_ version: String, of source: String, at time: Timestamp) {
    guard let track = sources[source]?[version] else { return }
    switch track.end {
    case .open: sources[source]?.close(version, .installed(time), at: time)
    case .unclear: sources[source]?.settleUnclear()
    default: break
    }
    forgetIfEnded(source)
  }

  /// dpkg is about to make `change`.
  mutating func begins(_ change: ChangeRecord) { sources[change.source]?.note(change) }

  mutating func synced(_ record: SyncRecord, at time: Timestamp) {
    mode = record.mode ?? mode
    if let pending = Self.pending(record) { compare(with: pending, at: time) }
    let companions = Dictionary(record.companions.map { ($0.source, $0.heldBy) }) { first, _ in first }
    let pinned = Set(record.pinned.compactMap { Self.source(of: $0) })
    for source in open {
      guard let head = sources[source]?.head else { continue }
      let reasons = reasons(head, pinned.contains(source), companions[source])
      sources[source]?.set(hold: reasons, at: time)
    }
  }

  private func reasons(_ head: VersionTrack, _ isPinned: Bool, _ heldBy: [String]?) -> HoldReasons? {
    guard mode != .observe else { return nil }
    if head.decision?.verdict.isHeld == true { return HoldReasons(head.decision) }
    return isPinned || heldBy != nil ? HoldReasons(head.decision, heldBy: heldBy ?? []) : nil
  }

  /// The sources that were pending; nil if the entry does not say.
  private static func pending(_ record: SyncRecord) -> Set<String>? {
    if let versions = record.versions { return Set(versions.compactMap { source(of: $0) }) }
    return record.pending == 0 ? [] : nil
  }

  /// Names of sources have no `=`. Source: Debian Policy, section 5.6.1.
  private static func source(of pin: String) -> String? { pin.split(separator: "=").first.map(String.init) }

  private mutating func compare(with pending: Set<String>, at time: Timestamp) {
    for source in unclear {
      if pending.contains(source) { sources[source]?.reopenLast() } else { sources[source]?.settleUnclear() }
      if pending.contains(source) { open.insert(source) }
    }
    unclear = []
    for source in open where !pending.contains(source) {
      sources[source]?.closeAll(.withdrawn(time))
      open.remove(source)
    }
  }

  /// A transaction that was to make `change` has ended.
  ///
  /// - Parameters:
  ///   - isClear: whether it did.
  ///   - didRun: whether dpkg ran at all.
  mutating func ended(_ change: ChangeRecord, by transaction: String, isClear: Bool, didRun: Bool, at time: Timestamp) {
    let source = change.source
    guard didRun, sources[source] != nil, change.action != .downgrade else { return }
    if let version = change.to {
      let end: Exposure.End =
        isClear ? .applied(time, transaction: transaction) : .unclear(time, transaction: transaction)
      sources[source]?.close(version, end, at: time)
      if !isClear { unclear.insert(source) }
    } else if isClear {
      sources[source]?.closeAll(.removed(time))
    }
    forgetIfEnded(source)
  }

  private mutating func forgetIfEnded(_ source: String) {
    if sources[source]?.open.isEmpty ?? true { open.remove(source) }
  }
}
