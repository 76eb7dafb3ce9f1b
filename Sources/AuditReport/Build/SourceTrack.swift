internal import GateModel
internal import LedgerLog

/// What the entries so far say about the versions of one source.
///
/// Versions that are open at the same time share one fate: the newest brings what the older ones would have brought, so
/// a hold of it holds them all, and they all end when it is applied.
struct SourceTrack {
  private(set) var versions: [VersionTrack] = []
  private var places: [String: Int] = [:]
  /// Places of those that have not ended, in the order in which they were seen.
  private(set) var open: [Int] = []

  subscript(version: String) -> VersionTrack? { places[version].map { versions[$0] } }

  /// The one that was seen or decided on last, of those that are open.
  var head: VersionTrack? { open.last.map { versions[$0] } }

  /// Notes that the node saw `version`; gives its place.
  @discardableResult
  mutating func see(_ source: String, _ version: String, at time: Timestamp, isRecorded: Bool) -> Int {
    if let place = places[version] {
      if !versions[place].isOpen { reopen(place) }
      return place
    }
    let place = versions.count
    versions.append(VersionTrack(source: source, version: version, firstSeen: time, isRecorded: isRecorded))
    places[version] = place
    open.append(place)
    return place
  }

  private mutating func reopen(_ place: Int) {
    versions[place].end = .open
    open.append(place)
  }

  /// A version that was thought to be applied is pending again.
  mutating func reopenLast() {
    guard open.isEmpty, let place = versions.indices.last else { return }
    reopen(place)
  }

  mutating func set(origins: [String], ofPlace place: Int) { versions[place].origins = origins }

  mutating func decide(_ record: DecisionRecord, at time: Timestamp, place: Int) {
    versions[place].decision = record.keepingFacts(of: versions[place].decision)
    note(record.change)
    if open.last != place {
      open.removeAll { $0 == place }
      open.append(place)
    }
  }

  /// Notes what an entry says of a change besides.
  mutating func note(_ change: ChangeRecord) {
    guard let version = change.to, let place = places[version], let changelog = change.changelog else { return }
    versions[place].changelog = changelog
  }

  /// Notes whether what is open is held, and why.
  mutating func set(hold reasons: HoldReasons?, at time: Timestamp) {
    for place in open { versions[place].set(hold: reasons, at: time) }
  }

  /// Ends everything that is open in the same way.
  mutating func closeAll(_ end: Exposure.End) {
    for place in open { versions[place].close(end) }
    open = []
  }

  /// Ends `version` with `end`, and what is older as superseded by it.
  mutating func close(_ version: String, _ end: Exposure.End, at time: Timestamp) {
    let target = PackageVersion(version)
    open.removeAll { place in
      if versions[place].version == version {
        versions[place].close(end)
        return true
      }
      guard PackageVersion(versions[place].version).isEarlier(than: target) else { return false }
      if case .unclear = end {
        versions[place].close(end)
      } else {
        versions[place].close(.superseded(time, by: version))
      }
      return true
    }
  }

  /// A sync shows that what was unclear was applied after all.
  mutating func settleUnclear() {
    for place in versions.indices.suffix(8) {
      if case .unclear(let time, let transaction) = versions[place].end {
        versions[place].end = .applied(time, transaction: transaction)
      }
    }
  }
}

extension DecisionRecord {
  /// The record with what an earlier one on the same version found out and this one did not look for.
  fileprivate func keepingFacts(of last: DecisionRecord?) -> DecisionRecord {
    guard let last else { return self }
    var record = self
    record.prediction = prediction ?? last.prediction
    record.effects = effects ?? last.effects
    record.change.isSecurity = change.isSecurity ?? last.change.isSecurity
    return record
  }
}
