import Foundation
import Testing

/// A Debian release whose systemd-networkd the predictions are compared with.
struct NetworkdRelease: Sendable, CustomTestStringConvertible {
  var suite: String
  /// The major version that it is known to have.
  var major: Int

  /// Debian 11, 12, what 12 was given afterwards, and 13; then what is to come.
  static let all = [
    NetworkdRelease(suite: "bullseye", major: 247), NetworkdRelease(suite: "bookworm", major: 252),
    NetworkdRelease(suite: "bookworm-backports", major: 254), NetworkdRelease(suite: "trixie", major: 257),
    NetworkdRelease(suite: "forky", major: 262),
  ]

  var testDescription: String { "\(suite) (\(major))" }

  /// The root tree with its networkd; built if it is not in the cache.
  func tree() async throws -> URL {
    let maker = try ["archive-sources", "networkd-tree"].map {
      try String(contentsOf: LabFolder.scripts.appending(path: $0), encoding: .utf8)
    }
    let folder = LabFolder.cache.appending(path: "networkd-\(suite)-\(StableDigest(of: maker))")
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    try FileManager.default.createDirectory(at: LabFolder.cache, withIntermediateDirectories: true)
    _ = try await LabCommand(LabFolder.script("networkd-tree"), suite, folder.path).output()
    return folder
  }
}
