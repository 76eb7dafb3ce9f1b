import GateModel
import LedgerLog
import Testing

/// The members of entries that only reports read.
@Suite struct ReportMembersTests {
  private static let changelog = ChangelogRecord(
    cves: ["CVE-2026-0001", "CVE-2026-10000"], urgency: "high", isComplete: false)
  private static let change = ChangeRecord(
    source: "systemd", action: .upgrade, from: "1", to: "2",
    packages: [PackageRecord(name: "systemd", architecture: "amd64", from: "1", to: "2")], isSecurity: true,
    changelog: changelog)
  private static let effects = [
    EffectRecord(
      kind: .restart, unit: "systemd-networkd.service", verb: "try-restart", certainty: .certain, basis: .candidate),
    EffectRecord(kind: .reexec, certainty: .possible, basis: .installed),
  ]

  private static let bodies: [LedgerBody] = [
    .decision(
      DecisionRecord(
        change: change, verdict: .hold, policyDigest: "d", effects: effects,
        prediction: LossRecord(routes: 1, rules: 2, nexthops: 3, addresses: 4, neighbours: 5, links: 6),
        responsible: ["@network", "alice"])),
    .decision(DecisionRecord(change: change, verdict: .hold, policyDigest: "d", effects: [])),
    .sync(
      SyncRecord(
        policyDigest: "d", pending: 1, mode: .observe, versions: ["systemd=2"],
        companions: [CompanionRecord(source: "udev", heldBy: ["systemd"])],
        keptBack: KeptBackRecord.Reason.allCases.map {
          KeptBackRecord(source: "a", from: "1", to: "2", reason: $0, percentage: $0 == .phased ? 10 : nil)
        })),
    .transactionIntent(
      TransactionIntent(transaction: "t", part: 1, parts: 1, policyDigest: "d", changes: [change])),
    .transactionOutcome(
      TransactionOutcome(
        transaction: "t", result: .failed,
        network: NetworkRecord(lost: 2, restored: 1, missing: 1, objects: ["a", "b"], missingObjects: ["b"]))),
  ]

  private static func entry(_ body: LedgerBody) -> LedgerEntry {
    LedgerEntry(sequence: 0, time: Timestamp(secondsSinceEpoch: 0), node: "node", body: body)
  }

  @Test(arguments: bodies) func theyComeBackAsTheyWere(body: LedgerBody) throws {
    let entry = Self.entry(body)
    #expect(try LedgerEntry(entry.bytes()) == entry)
  }

  /// An entry from before there were such members reads as one in which nothing is known, and is written as it was.
  @Test func entriesWithoutThemAreAsBefore() throws {
    let text = """
      {"body":{"pending":0,"pinned":[],"policyDigest":"d","problems":[],"unpinned":[]},"kind":"sync","node":"n",\
      "sequence":0,"time":"2026-11-21T10:55:48Z"}
      """
    let entry = try LedgerEntry(Array(text.utf8))
    guard case .sync(let record) = entry.body else { throw LedgerLogError(.entryMalformed, "no sync") }
    #expect(record.mode == nil && record.versions == nil && record.companions.isEmpty && record.keptBack.isEmpty)
    #expect(try String(decoding: entry.bytes(), as: UTF8.self) == text)
  }

  /// Whatever a package's scripts and changelog say, the decision on it fits into an entry.
  @Test func theWorstThatAPackageCanSayFits() throws {
    let name = String(repeating: "\u{1}", count: 5000)
    let effects = (0..<200).map { number in
      Effect(
        kind: .restart, unit: "\(number)\(name)", verb: name, certainty: .possible,
        evidence: Evidence(basis: .candidate, file: "x"), package: "x")
    }
    var change = Self.change
    change.changelog = ChangelogRecord(
      cves: (0..<ChangelogRecord.mostCVEs).map { "CVE-2026-\(1_000_000_000 + $0)" }, isComplete: false)
    let record = DecisionRecord(
      change: change, verdict: .hold, policyDigest: "d", effects: EffectRecord.records(of: effects))
    let bytes = try Self.entry(.decision(record)).bytes()
    #expect(bytes.count > 40_000 && bytes.count < EntryBundle.longestEntry)
  }

  @Test(arguments: [0, 1, 99, 100, 101, 750]) func anIntentIsSplitByCountAndSize(count: Int) throws {
    let small = TransactionIntent(
      transaction: "t", part: 1, parts: 1, policyDigest: "d",
      changes: (0..<count).map { ChangeRecord(source: "s\($0)", action: .upgrade, from: "1", to: "2") })
    #expect(small.split.count == max(1, (count + 99) / 100))
    var large = small
    for place in large.changes.indices {
      large.changes[place].changelog = ChangelogRecord(
        cves: (0..<(place % 7 * 80)).map { "CVE-2026-\(1_000_000 + $0)" }, isComplete: true)
    }
    for intent in [small, large] {
      let parts = intent.split
      #expect(parts.flatMap(\.changes) == intent.changes)
      #expect(parts.map(\.part) == Array(1...parts.count))
      #expect(parts.allSatisfy { $0.parts == parts.count })
      for part in parts { _ = try Self.entry(.transactionIntent(part)).bytes() }
    }
  }
}
