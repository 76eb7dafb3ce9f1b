internal import FoundationEssentials
import Glibc
internal import NetworkState

/// A folder of snapshots, each a folder of its own.
public struct SnapshotStore: Sendable {
  static let manifestName = "manifest.json"

  let folder: String

  public init(folder: String) { self.folder = folder }

  /// Stores a snapshot. After a crash it is there in full or not at all: the files are on the disk before the
  /// folder gets its name.
  ///
  /// Throws `file` or `notPermitted`.
  public func write(
    _ reading: SnapshotReader.Reading, _ origin: SnapshotOrigin
  ) throws(NetworkSystemError) -> SnapshotManifest {
    try makeFolder(folder)
    let id = origin.makeID()
    let draft = "\(folder)/.\(id)"
    try makeFolder(draft)
    do throws(NetworkSystemError) {
      let manifest = try write(reading, origin, id: id, in: draft)
      try DurableFile.synchronize(folder: draft)
      guard rename(draft, "\(folder)/\(id)") == 0 else {
        throw NetworkSystemError.system(-Int(errno), "cannot name `\(folder)/\(id)`", otherwise: .file)
      }
      try DurableFile.synchronize(folder: folder)
      return manifest
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
  }

  private func write(
    _ reading: SnapshotReader.Reading, _ origin: SnapshotOrigin, id: String, in draft: String
  ) throws(NetworkSystemError) -> SnapshotManifest {
    var manifest = SnapshotManifest(
      schema: SnapshotManifest.currentSchema, id: id, time: origin.time, host: origin.host, bootID: origin.bootID,
      kernel: origin.kernel, why: origin.why, isOfOneInstant: reading.isOfOneInstant, files: [])
    for file in SnapshotFile.allCases {
      manifest.files.append(try write(file, of: reading.snapshot, in: draft))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(manifest) else {
      throw NetworkSystemError(.manifest, "the manifest of `\(id)` cannot be written as JSON")
    }
    var file = try DurableFile(creating: "\(draft)/\(Self.manifestName)")
    let bytes = [UInt8](json) + [UInt8(ascii: "\n")]
    try Self.write(bytes, to: &file)
    _ = try file.finish()
    return manifest
  }

  private static func write(_ bytes: [UInt8], to file: inout DurableFile) throws(NetworkSystemError) {
    var failure: NetworkSystemError?
    bytes.withUnsafeBytes { part in
      do throws(NetworkSystemError) { try file.write(part) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func write(
    _ file: SnapshotFile, of snapshot: NetworkSnapshot, in draft: String
  ) throws(NetworkSystemError) -> SnapshotManifest.File {
    var output = try DurableFile(creating: "\(draft)/\(file.rawValue)")
    var failure: NetworkSystemError?
    let count = file.encode(snapshot) { part in
      guard failure == nil else { return }
      do throws(NetworkSystemError) { try output.write(part) } catch { failure = error }
    }
    if let failure { throw failure }
    let bytes = output.bytes
    return SnapshotManifest.File(name: file, count: count, bytes: bytes, sha256: try output.finish())
  }

  private func makeFolder(_ path: String) throws(NetworkSystemError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw NetworkSystemError(.file, "cannot make the folder `\(path)`: \(error)")
    }
  }
}
