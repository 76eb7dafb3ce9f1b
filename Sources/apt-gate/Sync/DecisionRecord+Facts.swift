import GateEngine
import GateModel
import LedgerLog
import PackageAnalysis

extension DecisionRecord {
  /// The verdict with what a report asks of it later.
  ///
  /// - Parameter risk: what a restart of systemd-networkd by the change would take away, where that was found out.
  init(_ checked: CheckedChange, policyDigest: String, risk: NetworkAtRisk? = nil) {
    let decision = checked.decision
    self.init(
      change: ChangeRecord(checked), verdict: decision.verdict, decidedBy: decision.decidedBy,
      gatedBy: decision.gatedBy, shieldedUnits: decision.shieldedUnits, message: decision.message,
      clearsWhen: decision.clearsWhen, policyDigest: policyDigest,
      effects: EffectRecord.records(of: checked.effects),
      prediction: risk.map { LossRecord($0) }, responsible: decision.responsible)
  }
}

extension DecisionRecord {
  /// The record with what `last` found out and this one could not: a .deb, an archive or the network that told it once need
  /// not be at hand again.
  func keepingFacts(of last: DecisionRecord?) -> DecisionRecord {
    guard let last, last.change.from == change.from else { return self }
    var record = self
    record.change.changelog = change.changelog ?? last.change.changelog
    record.change.isSecurity = change.isSecurity ?? last.change.isSecurity
    record.prediction = prediction ?? last.prediction
    return record
  }
}

extension Decision {
  /// People and teams that its rules name: who may approve, and who is told of a hold that lasts too long.
  fileprivate var responsible: [String] { Set(approvals.flatMap(\.from) + escalations.flatMap(\.to)).sorted() }
}

extension ChangelogRecord {
  fileprivate init(_ summary: ChangelogSummary) {
    self.init(
      cves: Array(summary.cves.prefix(Self.mostCVEs)), urgency: summary.urgency?.rawValue,
      isComplete: summary.isComplete && summary.cves.count <= Self.mostCVEs)
  }
}

extension ChangeRecord {
  /// The change with what its changelog says.
  init(_ checked: CheckedChange) {
    self.init(checked.change)
    changelog = checked.changelog.map { ChangelogRecord($0) }
  }

  init(_ change: Change) {
    self.init(
      source: change.source, action: change.action, from: change.from?.text, to: change.to?.text,
      packages: change.binaries.map {
        PackageRecord(name: $0.name, architecture: $0.architecture, from: $0.from?.text, to: $0.to?.text)
      },
      // Without origins nobody has looked.
      isSecurity: change.origins.isEmpty ? nil : change.isSecurity)
  }
}

extension CheckedChange {
  /// Whether it may restart systemd-networkd, or stop it.
  var touchesNetworkd: Bool {
    effects.contains { effect in
      [.restart, .stop, .reexec].contains(effect.kind)
        && (effect.unit.map { $0.hasPrefix("systemd-networkd.") } ?? false)
    }
  }
}
