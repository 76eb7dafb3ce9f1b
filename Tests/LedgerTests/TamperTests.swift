import Foundation
import GateModel
import Ledger
import LedgerLog
import TestSupport
import Testing

/// Whatever is done to an export is found, by our verifier and by an independent one, in every case.
@Suite struct TamperTests {
  /// Changes to an export, and what the auditor holds beside it.
  private struct Case: Sendable {
    var name: String
    /// nil removes the file.
    var changes: [String: [UInt8]?]
    var older: [[UInt8]] = []
    var witness: VerifierKey?
  }

  private let folder: SampleLedger.Folder
  private let base: [String: [UInt8]]
  private let witness: SigningKey
  private let older: [UInt8]

  /// Three entries; the checkpoint over two has a witness's signature.
  init() throws {
    folder = try SampleLedger.Folder()
    witness = try SigningKey.random(name: "witness.example", kind: .cosignature)
    let ledger = try folder.open()
    let first = try ledger.append([SampleLedger.decision(0), SampleLedger.decision(1)], at: SampleLedger.start)
    older = Array(first.checkpoint.text.utf8)
    var seen = Witness(ledger: ledger.verifierKey, key: witness)
    guard case .cosign(let signed) = seen.offered(older, oldSize: 0, proof: [], at: SampleLedger.start) else {
      throw LedgerLogError(.proofInvalid, "the witness does not sign")
    }
    try ledger.keep(witnessed: Array(signed.text.utf8), by: witness.verifierKey)
    try ledger.append([SampleLedger.decision(2)], at: SampleLedger.start)
    try ledger.export(to: folder.path + "/export")
    base = try folder.files(below: "export")
  }

  @Test func theUntouchedExportIsValidToBoth() throws {
    let cases = [Case(name: "untouched", changes: [:], older: [older], witness: witness.verifierKey)]
    #expect(ours(cases[0]) == true)
    #expect(try theirs(cases) == ["valid"])
  }

  /// The smallest export there is, of one entry.
  @Test func everyFlippedBitIsFoundByBoth() throws {
    let small = try SampleLedger.Folder()
    let ledger = try small.open()
    try ledger.append([SampleLedger.decision(0)], at: SampleLedger.start)
    try ledger.export(to: small.path + "/export")
    let files = try small.files(below: "export")
    let cases = Self.flips(of: files, bits: { _ in 0..<8 })
    try expectFound(cases, in: small, files)
    print("tamper: \(cases.count) flipped bits, every one of an export, all found by both verifiers")
  }

  /// A larger one, with a witness's signature: a bit of every third byte, each of the eight in turn.
  @Test func flippedBitsAreFoundByBoth() throws {
    var seed = Seed("flipped bits")
    let (byte, first) = (seed.below(3), seed.below(8))
    let cases = Self.flips(of: base, witness: witness.verifierKey) { index in
      index % 3 == byte ? (first + index / 3) % 8..<(first + index / 3) % 8 + 1 : 0..<0
    }
    try expectFound(cases)
    print("tamper: \(cases.count) flipped bits of a witnessed export, all found by both verifiers")
  }

  /// Cases with one bit flipped each; `bits` says which of a byte.
  private static func flips(
    of files: [String: [UInt8]], witness: VerifierKey? = nil, bits: (Int) -> Range<Int>
  ) -> [Case] {
    files.sorted { $0.key < $1.key }.flatMap { path, bytes in
      bytes.indices.flatMap { index in
        bits(index).map { bit in
          var flipped = bytes
          flipped[index] ^= 1 << bit
          return Case(name: "\(path) byte \(index) bit \(bit)", changes: [path: flipped], witness: witness)
        }
      }
    }
  }

  @Test func structuralChangesAreFoundByBoth() throws {
    let cases = try structuralCases()
    try expectFound(cases)
    print("tamper: \(cases.count) structural changes, all found by both verifiers")
  }

  private func structuralCases() throws -> [Case] {
    let text = try #require(base[ExportedLedger.entriesPath])
    let lines = text.split(separator: 0x0A).map { Array($0) }
    func with(_ lines: [[UInt8]]) -> [String: [UInt8]?] {
      [ExportedLedger.entriesPath: Array(lines.map { $0 + [0x0A] }.joined())]
    }
    var cases = base.keys.sorted().filter { $0 != ExportedLedger.witnessedPath }
      .map { Case(name: "no \($0)", changes: [$0: nil]) }
    for index in lines.indices {
      var (fewer, more) = (lines, lines)
      fewer.remove(at: index)
      more.insert(lines[index], at: index)
      cases += [
        Case(name: "delete \(index)", changes: with(fewer)), Case(name: "insert \(index)", changes: with(more)),
      ]
      for other in lines.indices where other > index {
        var swapped = lines
        swapped.swapAt(index, other)
        cases.append(Case(name: "swap \(index) \(other)", changes: with(swapped)))
      }
      cases.append(Case(name: "cut to \(index)", changes: with(Array(lines[..<index]))))
    }
    // Whoever has the node's key: consistent in itself, and not with what an auditor or a witness has seen.
    for (name, count, first) in [("rewrite", 3, 7), ("fork", 2, 9), ("truncation", 1, 0)] {
      let forged = try forgery(count: count, first: first)
      cases.append(Case(name: "\(name), against a checkpoint", changes: forged, older: [older]))
      var witnessed = forged
      witnessed[ExportedLedger.witnessedPath] = .some(base[ExportedLedger.witnessedPath])
      cases.append(Case(name: "\(name), against a witness", changes: witnessed, witness: witness.verifierKey))
      cases.append(Case(name: "\(name), witness forgotten", changes: forged, witness: witness.verifierKey))
    }
    return cases
  }

  /// All files of a ledger that the stolen key signs, with other entries from `first` on.
  private func forgery(count: Int, first: Int) throws -> [String: [UInt8]?] {
    let other = try SampleLedger.Folder()
    try FileManager.default.createDirectory(
      atPath: other.path + "/ledger", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.copyItem(atPath: folder.path + "/ledger/node.key", toPath: other.path + "/ledger/node.key")
    let ledger = try other.open()
    try ledger.append((0..<count).map { SampleLedger.decision(first + $0) }, at: SampleLedger.start)
    try ledger.export(to: other.path + "/export")
    var changes: [String: [UInt8]?] = base.mapValues { _ in .none }
    for (path, bytes) in try other.files(below: "export") { changes[path] = .some(bytes) }
    return changes
  }

  /// A forgery that nobody has a checkpoint against is consistent: the test above finds it by the checkpoints alone.
  @Test func aForgeryIsValidInItself() throws {
    let forged = Case(name: "forgery", changes: try forgery(count: 3, first: 7))
    #expect(ours(forged) == true)
    #expect(try theirs([forged]) == ["valid"])
  }

  private func expectFound(
    _ cases: [Case], in folder: SampleLedger.Folder? = nil, _ files: [String: [UInt8]]? = nil
  ) throws {
    let answers = try theirs(cases, in: folder ?? self.folder)
    #expect(answers.count == cases.count)
    let missed = zip(cases, answers).filter { $1 == "valid" || ours($0, files) }
    #expect(missed.map { "\($0.name): ours \(ours($0, files)), theirs \($1)" } == [])
  }

  private func ours(_ tampered: Case, _ files: [String: [UInt8]]? = nil) -> Bool {
    let older = tampered.older.map { (name: "older", bytes: $0) }
    return ExportedLedger.verify(witness: tampered.witness, older: older) { path in
      tampered.changes[path] ?? (files ?? base)[path]
    }.isValid
  }

  /// The answers of verify_ledger.py, one process for all cases.
  private func theirs(_ cases: [Case], in folder: SampleLedger.Folder? = nil) throws -> [String] {
    let folder = folder ?? self.folder
    let lines = try cases.map { tampered in
      var request: [String: Any] = [:]
      for (path, bytes) in tampered.changes {
        if let bytes { request[path] = Data(bytes).base64EncodedString() } else { request[path] = NSNull() }
      }
      request["older"] = tampered.older.map { Data($0).base64EncodedString() }
      if let witness = tampered.witness { request["witness"] = witness.description }
      return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self) + "\n"
    }
    let (input, output) = (folder.path + "/cases", folder.path + "/answers-\(UUID().uuidString)")
    try Data(lines.joined().utf8).write(to: URL(filePath: input))
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "verify_ledger.py").path
    process.arguments = ["python3", script, "--cases", folder.path + "/export"]
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOf: URL(filePath: output), encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
