public import GateModel

/// A check in numbers.
public struct CheckSummary: Sendable, Hashable {
  /// Number of changes.
  public var total: Int
  /// Number of changes that stay out for now.
  public var held: Int
  public var keptBack: Int
  private var byVerdict: [Verdict: Int] = [:]
  private var byBasis: [EvidenceBasis: Int] = [:]

  init(of report: CheckReport) {
    total = report.changes.count
    held = report.changes.filter(\.verdict.isHeld).count
    keptBack = report.keptBack.count
    for checked in report.changes {
      byVerdict[checked.verdict, default: 0] += 1
      byBasis[checked.basis, default: 0] += 1
    }
  }

  /// Number of changes with `verdict`.
  public func count(of verdict: Verdict) -> Int { byVerdict[verdict] ?? 0 }

  /// Number of changes whose weakest package rests on `basis`.
  public func count(of basis: EvidenceBasis) -> Int { byBasis[basis] ?? 0 }

  /// The strictest verdict given; `allow` if there are no changes.
  public var strictest: Verdict { byVerdict.keys.max() ?? .allow }
}
