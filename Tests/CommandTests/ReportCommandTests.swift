import ArgumentParser
import AuditReport
import Foundation
import GateModel
import Ledger
import LedgerLog
import LedgerSamples
import Testing

@testable import apt_gate

/// `apt-gate report` through its command, from a real ledger.
@Suite struct ReportCommandTests {
  /// A ledger of a quarter, an export of it, and an early checkpoint.
  final class Node {
    let folder: TemporaryFolder
    var state: String { folder.path + "/state" }
    var export: String { folder.path + "/export" }
    let checkpoint: String

    init(_ history: SampleHistory = .quarter) throws {
      folder = try TemporaryFolder()
      try FileManager.default.createDirectory(
        atPath: folder.path + "/state", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let ledger = try NodeLedger.open(state: folder.path + "/state", node: history.node, deadline: .seconds(20))
      checkpoint = folder.path + "/early.checkpoint"
      for (index, line) in history.lines.enumerated() {
        let receipt = try ledger.append([line.body], actor: line.actor, at: line.time)
        if index == 3 { try folder.write("early.checkpoint", receipt.checkpoint.text) }
      }
      try ledger.export(to: export)
    }

    /// Runs `report` in this process; gives its exit status and the file that it wrote.
    func report(_ words: [String], to name: String = "out", of source: String? = nil) throws -> (Int32, String) {
      let output = folder.path + "/" + name
      let from = source == "export" ? ["--export", export] : ["--state", state]
      var status: Int32 = 0
      do {
        var command = try AptGate.parseAsRoot(["report", "--output", output] + from + words)
        try command.run()
      } catch {
        guard let code = error as? ExitCode else { throw error }
        status = code.rawValue
      }
      return (status, (try? folder.text(name)) ?? "")
    }
  }

  private static let until = ["--until", "\(SampleHistory.day(90))"]

  @Test func theFileNameSaysTheFormat() throws {
    let node = try Node()
    for (name, beginning) in [
      ("a.html", "<!DOCTYPE html>"), ("a.md", "# apt-gate report"), ("a.csv", "\"source\",\"installed\""),
      ("a.json", "{\n  \"schema\""),
      ("a.openvex.json", "{\n  \"@context\""), ("a", "# apt-gate report"),
    ] {
      let (status, text) = try node.report(Self.until, to: name)
      #expect(status == 0, "\(name)")
      #expect(text.hasPrefix(beginning), "\(name)")
    }
  }

  @Test func anExportGivesTheSameReport() throws {
    let node = try Node()
    let (_, ours) = try node.report(Self.until + ["--format", "csv", "--table", "exposure"])
    let (_, theirs) = try node.report(Self.until + ["--format", "csv", "--table", "exposure"], of: "export")
    #expect(!ours.isEmpty && ours == theirs)
  }

  /// The figures against the ledger's own index, which has another way of knowing them.
  @Test func theFiguresAreTheLedgers() throws {
    let node = try Node()
    let ledger = try NodeLedger.read(state: node.state)
    let (_, text) = try node.report(Self.until + ["--format", "json"])
    let json = try ParsedJSON(text)
    #expect(json["summary"]?["owedRestarts"] == .number(Double(try ledger.owedRestarts().count)))
    #expect(json["summary"]?["entries"] == .number(Double(try ledger.count())))
    let pinned = Set(try #require(try ledger.lastSync()).record.pinned)
    let held = (json["held"]?.elements ?? []).map { "\($0["source"]?.string ?? "")=\($0["to"]?.string ?? "")" }
    #expect(Set(held) == pinned)
    let approvals = try ledger.entries(EntryFilter(kinds: [.approval]))
    #expect(json["approvals"]?.elements.count == approvals.count)
    let vetoes = try ledger.entries(EntryFilter(kinds: [.veto]))
    #expect(json["vetoes"]?.elements.count == vetoes.count)
  }

  @Test func jsonIsAsDescribed() throws {
    for history in [SampleHistory.quarter] + SampleHistory.attacks.map(SampleHistory.hostile) {
      var builder = ReportBuilder(period: ReportPeriod(until: SampleHistory.day(90), made: SampleHistory.day(91)))
      for entry in history.entries { builder.add(entry) }
      let key = "node+00000000+AA=="
      let report = builder.report(
        verification: ReportVerification(
          verification: LedgerVerification(size: 1, findings: [LedgerFinding(.key, "x")]), key: key, isKeyGiven: true))
      let text = JSONWriter.text(of: report.json)
      #expect(try SchemaTests.validator.violations(of: ParsedJSON(text), schema: "report.schema.json") == [])
      #expect(text.split(separator: "\n").allSatisfy { DisplayText.line(String($0)) == String($0) })
    }
  }

  @Test func aReportSaysWhatItsVerificationRestsOn() throws {
    let node = try Node()
    #expect(try node.report(Self.until).1.contains("valid by its own key"))
    let (status, text) = try node.report(Self.until + ["--checkpoint", node.checkpoint])
    #expect(status == 0)
    #expect(text.contains("- Ledger: valid\n"))
    #expect(text.contains("early.checkpoint: 4 entries"))
  }

  @Test func aChangedLedgerIsToldAndEndsWithThree() throws {
    let node = try Node()
    let path = node.export + "/entries.jsonl"
    let entries = try String(contentsOfFile: path, encoding: .utf8)
    try entries.replacing("wrong node", with: "right node").write(toFile: path, atomically: true, encoding: .utf8)
    let (status, text) = try node.report(Self.until + ["--format", "html"], of: "export")
    #expect(status == 3)
    #expect(text.contains("NOT VALID"))
    #expect(text.contains("Finding"))
    #expect(text.contains("right node"))
  }

  @Test(arguments: [
    ["--format", "md", "--table", "held"], ["--json", "--format", "csv"], ["--format", "csv", "--table", "nothing"],
    ["--since", "2026-01-02", "--until", "2026-01-01"], ["--format", "pdf"], ["--since", "yesterday"],
  ])
  func whatContradictsItselfIsWrongUsage(words: [String]) {
    #expect(throws: (any Error).self) { try AptGate.parseAsRoot(["report"] + words) }
  }

  @Test func theFileIsThereInFullOrNotAtAll() throws {
    let node = try Node()
    try node.folder.write("old", "old")
    #expect(throws: (any Error).self) { try node.report(["--export", "/nonexistent"], to: "old") }
    #expect(try node.folder.text("old") == "old")
    #expect(throws: (any Error).self) { try node.report(Self.until, to: "missing/file") }
    #expect(throws: CommandFailure.self) { try node.report(Self.until, to: ".") }
    _ = try node.report(Self.until, to: "old")
    #expect(try node.folder.text("old").hasPrefix("# apt-gate report"))
    let left = try FileManager.default.contentsOfDirectory(atPath: node.folder.path)
    #expect(left.sorted() == ["early.checkpoint", "export", "old", "state"])
  }

  @Test func withoutAKnownCVEThereIsNoOpenVEX() throws {
    let node = try Node()
    #expect(throws: CommandFailure.self) {
      try node.report(["--until", "\(SampleHistory.day(0.5))", "--format", "openvex"])
    }
  }

  @Test func aMissingLedgerIsAnError() throws {
    let folder = try TemporaryFolder()
    var command = try AptGate.parseAsRoot(["report", "--state", folder.path])
    #expect(throws: LedgerError.self) { try command.run() }
  }
}
