import Foundation
import GateModel
import Ledger
import LedgerLog
import Testing

/// The ledger on disk: what it keeps, what it refuses, and what it says of damage.
@Suite struct LedgerTests {
  private let folder: SampleLedger.Folder
  private let ledger: NodeLedger
  private let now = SampleLedger.start

  init() throws {
    folder = try SampleLedger.Folder()
    ledger = try folder.open()
  }

  private func approval(_ version: String, expires: Int64) -> LedgerBody {
    .approval(
      ApprovalRecord(
        source: "systemd", version: version, policyDigest: "sha256:00", reason: "tested",
        expires: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + expires), people: ["ada"]))
  }

  @Test func whatIsAppendedIsReadAndValid() throws {
    let actor = LedgerActor(name: "ada", uid: 1000, basis: .sudo)
    let receipt = try ledger.append((0..<600).map { SampleLedger.decision($0) }, actor: actor, at: now)
    #expect(receipt.sequences == 0..<600)
    #expect(receipt.checkpoint.checkpoint.size == 600)
    #expect(try NodeLedger.read(state: folder.path).entry(599).actor == actor)
    #expect(try ledger.verify(older: [("receipt", Array(receipt.checkpoint.text.utf8))]).findings == [])
  }

  @Test func theStateFollowsFromTheEntries() throws {
    try ledger.append(
      [
        SampleLedger.decision(1), SampleLedger.decision(1, verdict: .allow), approval("1", expires: 10),
        approval("1", expires: 100), approval("2", expires: 100),
        .revocation(RevocationRecord(approval: 4, source: "systemd", version: "2", reason: "no")),
        .owedRestart(OwedRestartRecord(unit: "a.service")), .owedRestart(OwedRestartRecord(unit: "b.service")),
        .firstSeen(FirstSeenRecord(source: "systemd", version: "1")),
        .restartIntent(RestartIntent(transaction: "r1", units: ["a.service"], policyDigest: "")),
      ], at: now)
    let later = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + 50)
    try ledger.append(
      [
        .firstSeen(FirstSeenRecord(source: "systemd", version: "1")),
        .restartOutcome(RestartOutcome(transaction: "r1", result: .completed, settled: ["a.service"])),
        .restartIntent(RestartIntent(transaction: "r2", units: ["b.service"], policyDigest: "")),
      ], at: later)
    #expect(try ledger.lastDecision(source: "systemd", version: "252.39-1")?.record.verdict == .allow)
    #expect(try ledger.approvals(source: "systemd", version: "1", at: later).map(\.sequence) == [3])
    #expect(try ledger.approvals(at: now).map(\.sequence) == [2, 3])
    #expect(try ledger.owedRestarts().map(\.record.unit) == ["b.service"])
    #expect(try ledger.firstSeen(source: "systemd", version: "1") == now)
    #expect(try ledger.openRuns().count == 1)
    #expect(try ledger.verify().findings == [])
  }

  @Test func whatTheNetworkLostInAllIsAddedUp() throws {
    #expect(try ledger.networkTotals() == (0, 0))
    func network(_ lost: Int, _ restored: Int) -> NetworkRecord {
      NetworkRecord(lost: lost, restored: restored, missing: lost - restored, objects: ["198.19.0.0/16"])
    }
    try ledger.append(
      [
        .transactionOutcome(TransactionOutcome(transaction: "a", result: .completed, network: network(3, 2))),
        .transactionOutcome(TransactionOutcome(transaction: "b", result: .completed)),
        .transactionOutcome(TransactionOutcome(transaction: "c", result: .failed, message: "\"network\":{\"lost\":5}")),
        .restartOutcome(
          RestartOutcome(transaction: "d", result: .completed, settled: ["a.service"], network: network(40, 40))),
        .transactionOutcome(TransactionOutcome(transaction: "e", result: .completed, network: network(0, 0))),
        .restore(RestoreRecord(transaction: "e", cause: .guard, network: network(7, 7))),
      ], at: now)
    #expect(try ledger.networkTotals() == (43, 42))
    #expect(try NodeLedger.read(state: folder.path).networkTotals() == (43, 42))
  }

  /// Texts of SQLite end at a NUL for some of its functions.
  @Test(arguments: ["\0", "a\0b", "a\u{1}b", "a\u{1}0b", "a\0=b"])
  func namesMayHaveANUL(_ name: String) throws {
    let folder = try SampleLedger.Folder()
    let ledger = try folder.open()
    for unit in ["a", name, "a\u{1}"] {
      try ledger.append([.owedRestart(OwedRestartRecord(unit: unit))], at: SampleLedger.start)
    }
    #expect(try ledger.owedRestarts().map(\.record.unit).sorted() == ["a", name, "a\u{1}"].sorted())
    #expect(try ledger.verify().isValid)
    let settled = RestartOutcome(transaction: "t", result: .completed, settled: [name])
    try ledger.append([.restartOutcome(settled)], at: SampleLedger.start)
    #expect(try ledger.owedRestarts().map(\.record.unit).sorted() == ["a", "a\u{1}"])
    #expect(try ledger.verify().isValid)
  }

  @Test func aLargeTransactionIsOneOpenRun() throws {
    let changes = (0..<250).map { ChangeRecord(source: "source-\($0)", action: .upgrade, from: "1", to: "2") }
    let intent = TransactionIntent(transaction: "t1", part: 1, parts: 1, policyDigest: "", changes: changes)
    try ledger.append(intent.split.map { .transactionIntent($0) }, at: now)
    let runs = try ledger.openRuns()
    guard case .transaction(let parts) = runs.first else { return #expect(Bool(false), "no open transaction") }
    #expect(parts.flatMap(\.record.changes) == changes)
    try ledger.append([.transactionOutcome(TransactionOutcome(transaction: "t1", result: .completed))], at: now)
    #expect(try ledger.openRuns() == [])
  }

  @Test func filtersChooseEntries() throws {
    try ledger.append([SampleLedger.decision(1), approval("1", expires: 10), SampleLedger.decision(2)], at: now)
    #expect(try ledger.entries(EntryFilter(kinds: [.decision])).map(\.sequence) == [0, 2])
    #expect(try ledger.entries(EntryFilter(limit: 1)).map(\.sequence) == [2])
    #expect(try ledger.entries(EntryFilter(until: now)) == [])
    #expect(try ledger.entries(EntryFilter(source: "other")) == [])
  }

  @Test func severalProcessesMayAppend() throws {
    let state = folder.path
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let own = try? NodeLedger.open(state: state, node: "node.example", deadline: .seconds(60))
      for number in 0..<10 { _ = try? own?.append([SampleLedger.decision(number)], at: SampleLedger.start) }
    }
    #expect(try ledger.count() == 40)
    #expect(try ledger.verify().findings == [])
  }

  /// What stock `sqlite3` could do to the file, once it drops the triggers.
  @Test(arguments: [
    ("UPDATE entry SET json = replace(json, 'hold', 'deny') WHERE sequence = 1", "entry 1"),
    ("DELETE FROM entry WHERE sequence = 1", "entry 1"), ("DELETE FROM entry WHERE sequence = 2", "entry 2"),
    ("UPDATE tile SET hashes = zeroblob(96)", "entry 0"), ("DELETE FROM checkpoint", "checkpoint `latest`"),
    ("INSERT INTO state VALUES ('approval', 'systemd=9#1', 1)", "index `approval systemd=9#1`"),
    ("DELETE FROM state", "index `decision systemd=252.39-0`"), ("DELETE FROM tile", "file `tile/0/000.p/3`"),
  ])
  func damageIsFoundAndNotSignedOver(statement: String, place: String) throws {
    try ledger.append((0..<3).map { SampleLedger.decision($0) }, at: now)
    try python(
      "c.executescript('drop trigger entry_stays; drop trigger entry_is_final'); c.execute(\"\"\"\(statement)\"\"\")")
    let findings = try ledger.verify().findings
    #expect(findings.first?.placeText == place, "\(findings)")
    guard !statement.contains("state"), !statement.hasPrefix("UPDATE entry"), !statement.hasSuffix("= 1") else {
      return
    }
    #expect(throws: LedgerError.self) { try ledger.append([SampleLedger.decision(3)], at: now) }
  }

  /// Entries are read in parts, by several threads: the place of what is wrong is named in each of them, in order.
  @Test func damageIsNamedInEveryPart() throws {
    try ledger.append((0..<1700).map { SampleLedger.decision($0) }, at: now)
    let places = [0, 511, 512, 1023, 1024, 1699]
    try python(
      """
      c.executescript('drop trigger entry_is_final')
      for place in \(places): c.execute("update entry set json = '[]' where sequence = ?", [place])
      c.execute("update entry set json = ? where sequence = 700", ['[' + 3 * 1024 * 1024 * ' ' + ']'])
      c.execute("update entry set json = replace(json, '\\"hold\\"', '\\"deny\\"') where sequence = 800")
      c.execute("update state set sequence = 3 where key = 'systemd=252.39-900'")
      c.execute("insert into state values ('first-seen', 'zz=1', 7)")
      """)
    var told: [Int] = []
    let verification = try ledger.verify { told.append($0.sequence) }
    let wrong = (places + [700, 800]).sorted()
    let findings = verification.findings
    #expect(findings.prefix(wrong.count).map(\.placeText) == wrong.map { "entry \($0)" })
    #expect(told == (0..<1700).filter { !wrong.contains($0) })
    // The first of each tile of 256 by its hash, too; and the entries that cannot be read lead nowhere.
    let hashes = findings.filter { $0.problem.hasPrefix("its hash is not the one in") }
    #expect(hashes.map(\.place) == [0, 511, 512, 800, 1024, 1699].map { .entry($0) })
    for place in wrong {
      #expect(findings.contains { $0.description.contains("252.39-\(place)`: it leads to entry \(place)") })
    }
    #expect(findings.contains { $0.problem == "it leads to entry 3, and by the entries to entry 900" })
    #expect(
      findings.contains {
        $0.placeText == "index `first-seen zz=1`" && $0.problem == "it leads to entry 7, and by the entries to nothing"
      })
    #expect(findings.contains { $0.placeText == "checkpoint `latest`" })
    #expect(findings.count == 2 * wrong.count + hashes.count + 1 + 2 + 2, "\(findings.map(\.description))")
  }

  @Test(arguments: [
    "update entry set json = '{}'", "delete from entry", "insert into entry(sequence, json) values (7, '{}')",
    "insert or replace into entry(sequence, json) values (0, '{}')", "update identity set verifier_key = ''",
  ])
  func theDatabaseRefusesToChangeEntries(statement: String) throws {
    try ledger.append([SampleLedger.decision(0)], at: now)
    #expect(throws: PythonFailed.self) { try python("c.execute(\"\"\"\(statement)\"\"\")") }
    #expect(try ledger.verify().findings == [])
  }

  @Test func unusableLedgersSayWhy() throws {
    try ledger.append([SampleLedger.decision(0)], at: now)
    let database = folder.path + "/ledger/ledger.db"
    let key = folder.path + "/ledger/node.key"
    func code(_ body: () throws -> Void) -> LedgerError.Code? {
      do { try body() } catch { return (error as? LedgerError)?.code }
      return nil
    }
    chmod(key, 0o644)
    #expect(code { _ = try folder.open() } == .unsafe)
    chmod(key, 0o600)
    rename(key, key + ".away")
    #expect(code { _ = try folder.open() } == .keyUnusable)
    rename(key + ".away", key)
    try python("c.execute('pragma user_version = 9')")
    #expect(code { _ = try folder.open() } == .newerVersion)
    try Data("not a database, but long enough to look at".utf8).write(to: URL(filePath: database))
    #expect(code { _ = try folder.open() } == .corrupt)
    #expect(code { _ = try NodeLedger.read(state: folder.path + "/nothing") } == .missing)
  }

  @Test func anotherWriterIsWaitedForOnlySoLong() throws {
    try ledger.append([SampleLedger.decision(0)], at: now)
    let impatient = try NodeLedger.open(state: folder.path, node: "node.example", deadline: .milliseconds(100))
    try python(
      """
      c.execute('begin immediate'); import subprocess
      open('\(folder.path)/held', 'w').close()
      import time; [time.sleep(0.05) for _ in range(400) if not __import__('os').path.exists('\(folder.path)/done')]
      """, waits: false)
    while !FileManager.default.fileExists(atPath: folder.path + "/held") { usleep(10_000) }
    let error = #expect(throws: LedgerError.self) { try impatient.append([SampleLedger.decision(1)], at: now) }
    #expect(error?.code == .locked)
    #expect(try impatient.count() == 1)
    _ = FileManager.default.createFile(atPath: folder.path + "/done", contents: nil)
    try ledger.append([SampleLedger.decision(1)], at: now)
  }

  struct PythonFailed: Error {}

  /// Runs Python with `c`, a connection to the database of the system's SQLite.
  private func python(_ code: String, waits: Bool = true) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let open = "import sqlite3; c = sqlite3.connect('\(folder.path)/ledger/ledger.db', isolation_level=None)\n"
    process.arguments = ["python3", "-c", open + code]
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard waits else { return }
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw PythonFailed() }
  }
}
