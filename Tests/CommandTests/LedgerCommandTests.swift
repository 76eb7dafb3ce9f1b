import Foundation
import GateModel
import Ledger
import LedgerLog
import Testing
import TestSupport

@testable import apt_gate

/// The record through its commands: made, listed, exported, and verified after somebody was at the export.
@Suite struct LedgerCommandTests {
  /// A state with a ledger of some syncs and a run of apt in three steps.
  private func state() throws -> (folder: TemporaryFolder, state: String) {
    let folder = try TemporaryFolder()
    let state = "\(folder.path)/state"
    let ledger = try NodeLedger.open(state: state, node: "test")
    for sync in 0..<5 {
      try ledger.append(
        [.sync(SyncRecord(policyDigest: "sha256:0", pending: sync))], at: Timestamp(secondsSinceEpoch: 1_800_000_000))
    }
    for step in 1...3 {
      let change = ChangeRecord(
        Change(source: "step\(step)", from: nil, to: PackageVersion("1"), action: .install, binaries: []))
      try ledger.append(
        [
          .transactionIntent(
            TransactionIntent(
              transaction: "t\(step)", part: 1, parts: 1, command: "cafecafe-1-1", policyDigest: "", changes: [change]))
        ], at: Timestamp(secondsSinceEpoch: 1_800_000_100))
      try ledger.append(
        [.transactionOutcome(TransactionOutcome(transaction: "t\(step)", result: step == 2 ? .failed : .completed))],
        at: Timestamp(secondsSinceEpoch: 1_800_000_101))
    }
    return (folder, state)
  }

  private func gate(_ words: String...) throws -> Command.Outcome { try Command(MadeUpNode.binary, words).run() }

  private func schema(_ outcome: Command.Outcome, _ name: String) throws -> [String] {
    try SchemaTests.validator.violations(of: ParsedJSON(outcome.output), schema: "\(name).schema.json")
  }

  @Test func everyDocumentIsAsDescribed() throws {
    let (folder, state) = try state()
    let policies = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../policies").path
    let new = "\(folder.path)/new"
    let begun = try gate("ledger", "init", "--state", new, "--policies", policies, "--json")
    #expect(begun.status == 0 && begun.output.contains("\"new\": true"), "\(begun.error)")
    #expect(try schema(begun, "ledger-init") == [])
    let again = try gate("ledger", "init", "--state", new, "--policies", policies, "--json")
    #expect(again.output == begun.output.replacing("\"new\": true", with: "\"new\": false"))
    #expect(try NodeLedger.read(state: new).entries().map(\.kind) == [.configuration])
    #expect(try schema(gate("ledger", "list", "--state", state, "--json"), "ledger-list") == [])
    #expect(try schema(gate("ledger", "checkpoint", "--state", state, "--json"), "ledger-checkpoint") == [])
    let verified = try gate("ledger", "verify", "--state", state, "--json")
    #expect(verified.status == 0)
    #expect(try schema(verified, "ledger-verify") == [])
    #expect(
      try schema(gate("ledger", "export", "\(folder.path)/export", "--state", state, "--json"), "ledger-export") == [])
  }

  @Test func theStepsOfOneRunStandTogether() throws {
    let (folder, state) = try state()
    defer { withExtendedLifetime(folder) {} }
    let text = try gate("ledger", "list", "--state", state).output
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("a run of apt in 3 steps: step1, step2, step3; 1 not as meant"), "\(text)")
    let last = try gate("ledger", "list", "--state", state, "--limit", "2").output
    #expect(!last.contains("a run of apt"))
  }

  private static let damages: [(name: String, damage: @Sendable (inout [String: Data], UInt64) -> Void)] = [
    (
      "a bit flipped",
      { files, random in
        let names = files.keys.sorted()
        let name = names[Int(random % UInt64(names.count))]
        let place = Int((random >> 16) % UInt64(files[name]?.count ?? 1))
        files[name]?[place] ^= 1 << UInt8((random >> 8) % 8)
      }
    ),
    ("an entry deleted", { files, random in edit(&files) { $0.remove(at: Int(random % UInt64($0.count))) } }),
    (
      "two entries swapped",
      { files, random in
        edit(&files) { lines in
          let place = Int(random % UInt64(lines.count - 1))
          lines.swapAt(place, place + 1)
        }
      }
    ),
    (
      "cut off before the last checkpoint",
      { files, random in
        edit(&files) { $0.removeLast(1 + Int(random % UInt64($0.count - 1))) }
      }
    ),
  ]

  private static func edit(_ files: inout [String: Data], _ change: (inout [Data]) -> Void) {
    guard let name = files.keys.first(where: { $0.hasSuffix("entries.jsonl") }), let data = files[name] else { return }
    var lines = data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    change(&lines)
    files[name] = Data(lines.flatMap { $0 + [UInt8(ascii: "\n")] })
  }

  /// Every bit and every structure is tried in LedgerTests; here, that the command says so: exit status, and where.
  @Test(arguments: 0..<damages.count) func whoWasAtAnExportIsFound(index: Int) throws {
    let (folder, state) = try state()
    let export = "\(folder.path)/export"
    #expect(try gate("ledger", "export", export, "--state", state).status == 0)
    #expect(try gate("ledger", "verify", export).status == 0)
    var random = Seed("ledger export, \(Self.damages[index].name)")
    let original = try files(below: export)
    #expect(original.keys.contains { $0.hasSuffix("entries.jsonl") }, "\(original.keys.sorted())")
    for _ in 0..<12 {
      var files = original
      Self.damages[index].damage(&files, random.next())
      guard files != original else { continue }
      for (name, data) in files { try data.write(to: URL(filePath: "\(export)/\(name)")) }
      let changed = files.filter { original[$0.key] != $0.value }.keys
      let outcome = try gate("ledger", "verify", export, "--json")
      #expect(outcome.status == 3, "\(Self.damages[index].name) in \(changed): \(outcome)")
      let findings = try ParsedJSON(outcome.output)["findings"]?.elements ?? []
      #expect(findings.allSatisfy { $0["place"]?.string?.isEmpty == false } && !findings.isEmpty)
      #expect(try schema(outcome, "ledger-verify") == [])
    }
  }

  private func files(below folder: String) throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.reduce(into: [:]) { files, name in
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { return }
      files[name] = try Data(contentsOf: URL(filePath: path))
    }
  }
}
