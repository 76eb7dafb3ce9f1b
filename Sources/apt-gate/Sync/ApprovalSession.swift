import GateConfiguration
import GateEngine
import GateModel
import Ledger
import LedgerLog
import Policy
import SystemdSystem

/// What an approval or a revocation came to.
struct ApprovalResult {
  /// Whether versions were let through, or approvals taken back.
  var isApproval: Bool
  var person: LedgerActor
  var targets: [Pin]
  /// nil for a revocation.
  var expires: Timestamp?
  /// How many more people must approve.
  var missing = 0
  var report: SyncReport

  var status: ExitStatus { report.status(isPolicyBroken: false) }
}

/// Approvals and revocations: recorded first, then made effective by a sync, all under one lock.
struct ApprovalSession {
  private let gate: Gate
  private let settings: GateSettings
  private let policies: PolicySet
  private let lock: SyncLock
  let now = Timestamp.now

  /// Throws ``CommandFailure`` if the policies are broken: what is said under them would not hold under mended ones.
  init(_ choice: SettingsChoice, _ node: NodeOptions, _ output: OutputOptions) throws {
    settings = try choice.settings()
    lock = try SyncLock(state: settings.state)
    policies = try choice.policySet(settings)
    guard policies.brokenBy == nil else {
      throw CommandFailure(message: "the policies are broken", hint: "mend them first", status: .undetermined)
    }
    gate = try Gate(node: node, output: output)
  }

  func approve(_ request: ApprovalRequest) throws -> ApprovalResult {
    let ledger = try openLedger()
    let recorded = sync(isDryRun: false).ledger
    let report = try sync(isDryRun: true).run()
    let subject = try request.subject(
      in: report, approvals: recorded.approvals(at: now), policyDigest: recorded.policyDigest, now: now)
    let record = request.record(subject.target, policyDigest: recorded.policyDigest)
    try ledger.append([.approval(record)], actor: request.person, at: now)
    NewsDesk(settings).tell([GateNews(.approvalGiven, subject.target, request.reason, by: request.person)])
    return ApprovalResult(
      isApproval: true, person: request.person, targets: [subject.target], expires: request.expires,
      missing: subject.missing, report: try sync(isDryRun: false).run())
  }

  func revoke(
    source: String, version: PackageVersion?, reason: String, by person: LedgerActor
  ) throws -> ApprovalResult {
    let ledger = try openLedger()
    let found = try ledger.approvals(at: now).filter {
      $0.record.source == source && (version == nil || $0.record.version == version?.text)
    }
    guard !found.isEmpty else {
      throw CommandFailure(
        message: "no approval of `\(source)`\(version.map { " \($0)" } ?? "") is in force",
        hint: "`apt-gate ledger list` shows those that were")
    }
    let records = found.map { approval in
      RevocationRecord(
        approval: approval.sequence, source: approval.record.source, version: approval.record.version, reason: reason)
    }
    try ledger.append(records.map { .revocation($0) }, actor: person, at: now)
    let targets = Set(records.map { Pin(source: $0.source, version: PackageVersion($0.version)) })
    NewsDesk(settings).tell(targets.sorted().map { GateNews(.approvalRevoked, $0, reason, by: person) })
    return ApprovalResult(
      isApproval: false, person: person, targets: targets.sorted(), report: try sync(isDryRun: false).run())
  }

  private func openLedger() throws -> NodeLedger {
    try NodeLedger.open(state: settings.state, node: gate.node.hostname)
  }

  private func sync(isDryRun: Bool) -> GateSync {
    GateSync(gate: gate, settings: settings, policies: PoliciesInForce(policies), isDryRun: isDryRun)
  }
}
