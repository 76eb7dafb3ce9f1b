import Foundation
import GateModel
import Ledger
import LedgerLog

/// Entries and ledgers for tests.
enum SampleLedger {
  static let start = Timestamp(secondsSinceEpoch: 1_795_000_000)

  static func decision(_ number: Int, verdict: Verdict = .hold) -> LedgerBody {
    .decision(
      DecisionRecord(
        change: ChangeRecord(source: "systemd", action: .upgrade, from: "252.38-1", to: "252.39-\(number)"),
        verdict: verdict, decidedBy: ["network-restart"], message: "deletes 2 routes", policyDigest: "sha256:00"))
  }

  /// A folder that is removed with the last reference to it.
  final class Folder {
    let path = FileManager.default.temporaryDirectory.path + "/apt-gate-ledger-\(UUID().uuidString)"

    init() throws {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open() throws -> NodeLedger { try NodeLedger.open(state: path, node: "node.example", deadline: .seconds(20)) }

    /// The files below `name`, by their paths in it.
    func files(below name: String) throws -> [String: [UInt8]] {
      let root = "\(path)/\(name)"
      var files: [String: [UInt8]] = [:]
      for case let file as String in FileManager.default.enumerator(atPath: root) ?? .init() {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isFolder), !isFolder.boolValue
        else { continue }
        files[file] = Array(try Data(contentsOf: URL(filePath: "\(root)/\(file)")))
      }
      return files
    }
  }
}
