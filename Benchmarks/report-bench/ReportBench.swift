import AuditReport
import GateModel
import Glibc
import Ledger
import LedgerLog

/// `report-bench [ENTRIES]`: how long a report over a ledger of so many entries takes, next to verifying it alone.
///
/// `report-bench fleet COORDINATOR APT-GATE [NODES]`: the same for a fleet, with the real programs.
@main
struct ReportBench {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "fleet", words.count >= 3 {
      let nodes = words.count > 3 ? Int(words[3]) ?? 10_000 : 10_000
      return try await FleetReportBench(coordinator: words[1], gate: words[2], nodes: nodes).run()
    }
    try measure()
  }

  private static func measure() throws {
    let entries = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
    let state = "/tmp/apt-gate-report-bench.\(getpid())"
    defer { remove(state) }
    let ledger = try NodeLedger.open(state: state, node: "node.example")
    try fill(ledger, entries)
    let verifying = try median { _ = try ledger.verify() }
    print("\(entries) entries: verifying alone \(verifying) s")
    let period = ReportPeriod(until: time(entries), made: time(entries))
    var report: NodeReport?
    let reporting = try median {
      var builder = ReportBuilder(period: period)
      let verification = try ledger.verify { builder.add($0) }
      report = builder.report(
        verification: ReportVerification(verification: verification, key: "\(ledger.verifierKey)", isKeyGiven: false))
    }
    guard let report else { return }
    print("verifying and the report's value: \(reporting) s; aim: 1 s for 100,000 entries")
    print(
      "  \(report.held.count) held, \(report.exposures.count) exposures, \(report.cves.count) CVEs, "
        + "\(report.transactions.count) transactions")
    for (name, write) in [
      ("HTML", { $0.html }), ("Markdown", { $0.markdown }), ("CSV of exposures", { $0.csv(.exposure) }),
    ] as [(String, (NodeReport) -> String)] {
      var size = 0
      let writing = median { size = write(report).utf8.count }
      print("  writing \(name): \(writing) s, \(size / 1024) KiB")
    }
    print("  memory: \(Memory.most) MiB at most")
  }

  private static func fill(_ ledger: NodeLedger, _ entries: Int) throws {
    var number = 0
    while number < entries {
      let end = min(number + 5000, entries)
      try ledger.append((number..<end).map(body), at: time(number))
      number = end
    }
  }

  /// What a node writes: a version is seen, decided on, held by one sync in ten, applied in the end.
  private static func body(_ number: Int) -> LedgerBody {
    let round = number / 10
    let (source, version) = ("source-\(round % 400)", "1.\(round)-1")
    let change = ChangeRecord(
      source: source, action: .upgrade, from: "1.\(round - 400)-1", to: version,
      packages: [PackageRecord(name: source, architecture: "amd64", from: "1.\(round - 400)-1", to: version)],
      isSecurity: round.isMultiple(of: 3),
      changelog: ChangelogRecord(cves: ["CVE-2026-\(10_000 + round)"], urgency: "medium", isComplete: true))
    switch number % 10 {
    case 0: return .firstSeen(FirstSeenRecord(source: source, version: version, origins: ["Debian/stable"]))
    case 1: return decision(change, round.isMultiple(of: 9) ? .hold : .allow)
    case 2:
      return .approval(
        ApprovalRecord(
          source: source, version: version, policyDigest: "sha256:00", reason: "agreed", expires: time(number + 500)))
    case 7:
      return .transactionIntent(
        TransactionIntent(transaction: "t-\(round)", part: 1, parts: 1, policyDigest: "sha256:00", changes: [change]))
    case 8:
      return .transactionOutcome(
        TransactionOutcome(
          transaction: "t-\(round)", result: .completed,
          network: NetworkRecord(lost: 2, restored: 2, objects: ["a", "b"])))
    default:
      return .sync(
        SyncRecord(policyDigest: "sha256:00", pending: 1, mode: .enforce, versions: ["\(source)=\(version)"]))
    }
  }

  private static func decision(_ change: ChangeRecord, _ verdict: Verdict) -> LedgerBody {
    .decision(
      DecisionRecord(
        change: change, verdict: verdict, decidedBy: ["network-restart"], gatedBy: ["network"],
        message: "restarts systemd-networkd.service, which deletes 12 routes", clearsWhen: "someone approves it",
        policyDigest: "sha256:00",
        effects: [
          EffectRecord(
            kind: .restart, unit: "systemd-networkd.service", verb: "try-restart", certainty: .certain,
            basis: .candidate)
        ], prediction: LossRecord(routes: 12)))
  }

  private static func time(_ number: Int) -> Timestamp {
    Timestamp(secondsSinceEpoch: 1_785_000_000 + Int64(number) * 78)
  }

  /// The median of three runs, in seconds.
  private static func median(_ body: () throws -> Void) rethrows -> String {
    let times = try (0..<3).map { _ in try ContinuousClock().measure(body) / .seconds(1) }.sorted()
    return "\((times[1] * 1000).rounded() / 1000)"
  }

  private static func remove(_ state: String) {
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm", "node.key"] { unlink("\(state)/ledger/\(name)") }
    rmdir("\(state)/ledger")
    rmdir(state)
  }
}
