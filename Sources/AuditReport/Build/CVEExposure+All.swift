internal import GateModel
internal import LedgerLog

extension CVEExposure {
  /// The CVEs that the changelogs of `exposures` name, the longest open first.
  ///
  /// A CVE counts for each source that fixes it, from the first version that does to the first that was applied.
  static func all(in exposures: [Exposure]) -> [CVEExposure] {
    unordered(in: exposures).sorted { ($1.open, $0.cve, $0.source) < ($0.open, $1.cve, $1.source) }
  }

  /// The same in any order.
  static func unordered(in exposures: [Exposure]) -> [CVEExposure] {
    struct Key: Hashable {
      var cve: String
      var source: String
    }
    var found: [Key: [Exposure]] = [:]
    for exposure in exposures {
      for cve in exposure.changelog?.cves ?? [] {
        found[Key(cve: cve, source: exposure.source), default: []].append(exposure)
      }
    }
    return found.map { key, exposures in CVEExposure(key.cve, key.source, exposures) }
  }

  private init(_ cve: String, _ source: String, _ exposures: [Exposure]) {
    let ordered = exposures.sorted { ($0.firstSeen, $0.to) < ($1.firstSeen, $1.to) }
    let first = ordered[0]
    let ended = ordered.filter(\.isFixed).min { Self.time($0) < Self.time($1) }
    let last = ended ?? ordered.first { $0.end == .open } ?? ordered[ordered.count - 1]
    let lag = last.firstSeen.duration(since: first.firstSeen)
    self.init(
      cve: cve, source: source, versions: ordered.map(\.to), firstSeen: first.firstSeen, end: last.end,
      open: last.open + max(.zero, lag), held: max(first.held, last.held))
  }

  private static func time(_ exposure: Exposure) -> Timestamp { exposure.end.time ?? exposure.firstSeen }
}

extension Exposure {
  /// Whether what it fixes is on the node, as far as entries tell.
  fileprivate var isFixed: Bool {
    switch end {
    case .applied, .installed, .superseded: true
    case .open, .unclear, .removed, .withdrawn: false
    }
  }
}
