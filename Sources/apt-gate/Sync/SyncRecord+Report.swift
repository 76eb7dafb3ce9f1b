import GateEngine
import GateModel
import LedgerLog

extension SyncRecord {
  /// The most that an entry says of pending versions, in bytes; beyond it they are left out, and are then not known.
  private static let mostVersionBytes = 16_384

  init(_ report: SyncReport, policyDigest: String) {
    let pending = Set(report.plan.checked.compactMap(\.change.target)).sorted().map(\.text)
    let size = pending.reduce(0) { $0 + $1.utf8.count }
    let companions = report.holds.filter { !$0.heldBy.isEmpty }
    self.init(
      policyDigest: policyDigest, pending: report.plan.checked.count, pinned: report.holds.flatMap(\.pins).map(\.text),
      unpinned: report.removed.map(\.text), problems: report.problems.map(\.message), mode: report.mode,
      versions: size <= Self.mostVersionBytes ? pending : nil,
      companions: companions.map { CompanionRecord(source: $0.source, heldBy: $0.heldBy) },
      keptBack: KeptBackRecord.records(of: report.plan.keptBack))
  }
}

extension Pin {
  /// As entries name a version of a source.
  fileprivate var text: String { "\(source)=\(version)" }
}

extension KeptBackRecord {
  /// One for each source and version, the first ``most``.
  fileprivate static func records(of packages: [KeptBackPackage]) -> [KeptBackRecord] {
    var seen: Set<Pin> = []
    let first = packages.filter { seen.insert(Pin(source: $0.source, version: $0.to)).inserted }
    return first.prefix(most).map { KeptBackRecord($0) }
  }

  private init(_ package: KeptBackPackage) {
    let (source, from, to) = (package.source, package.from.text, package.to.text)
    switch package.reason {
    case .held: self.init(source: source, from: from, to: to, reason: .held)
    case .phased(let phasing):
      self.init(source: source, from: from, to: to, reason: .phased, percentage: phasing.percentage)
    case .dependencies: self.init(source: source, from: from, to: to, reason: .dependencies)
    case .unknown: self.init(source: source, from: from, to: to, reason: .unknown)
    }
  }
}
