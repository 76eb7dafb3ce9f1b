internal import Crypto
internal import Dispatch
internal import FoundationEssentials
import Glibc
internal import NetworkState
internal import Synchronization

/// A folder of snapshots, each a folder of its own.
public struct SnapshotStore: Sendable {
  static let manifestName = "manifest.json"
  /// The digests of all files and of the manifest, as `sha256sum --check` reads them.
  static let digestsName = "SHA256SUMS"

  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// Where the snapshot with an id is.
  public func path(of id: String) -> String { "\(folder)/\(id)" }

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
      kernel: origin.kernel, why: origin.why, isOfOneInstant: reading.isOfOneInstant,
      namespace: origin.namespace, files: [])
    manifest.files = try writeFiles(of: reading.snapshot, in: draft)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(manifest) else {
      throw NetworkSystemError(.manifest, "the manifest of `\(id)` cannot be written as JSON")
    }
    let digest = try Self.write(json + Data([UInt8(ascii: "\n")]), to: "\(draft)/\(Self.manifestName)")
    let digests = Self.digests(of: manifest, manifestDigest: digest)
    _ = try Self.write(Data(digests.utf8), to: "\(draft)/\(Self.digestsName)")
    return manifest
  }

  /// What ``digestsName`` holds.
  static func digests(of manifest: SnapshotManifest, manifestDigest: String) -> String {
    let files = manifest.files.map { ($0.sha256, $0.name.rawValue) } + [(manifestDigest, manifestName)]
    return files.map { "\($0.0)  \($0.1)\n" }.joined()
  }

  /// Writes a file and returns its SHA-256.
  private static func write(_ bytes: Data, to path: String) throws(NetworkSystemError) -> String {
    var file = try DurableFile(creating: path)
    var failure: NetworkSystemError?
    bytes.withUnsafeBytes { part in
      do throws(NetworkSystemError) { try file.write(part) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.finish()
    return StoredFile.sha256(Array(bytes))
  }

  /// Writes every file while another thread works out the digests: each takes about as long as the other.
  private func writeFiles(
    of snapshot: NetworkSnapshot, in draft: String
  ) throws(NetworkSystemError) -> [SnapshotManifest.File] {
    let sorting = RouteSorting(snapshot)
    let digests = Mutex<[String]>([])
    let written = Mutex(Result<[SnapshotManifest.File], NetworkSystemError>.success([]))
    DispatchQueue.concurrentPerform(iterations: 2) { lane in
      if lane == 0 {
        let result = Result { () throws(NetworkSystemError) in try write(snapshot, sorting, in: draft) }
        written.withLock { $0 = result }
      } else {
        let all = SnapshotFile.allCases.map { Self.digest(of: $0, snapshot, sorting) }
        digests.withLock { $0 = all }
      }
    }
    var files = try written.withLock { $0 }.get()
    for (place, digest) in digests.withLock({ $0 }).enumerated() { files[place].sha256 = digest }
    return files
  }

  private static func digest(of file: SnapshotFile, _ snapshot: NetworkSnapshot, _ sorting: RouteSorting) -> String {
    var digest = SHA256()
    _ = file.encode(snapshot, sorting) { digest.update(bufferPointer: $0) }
    return digest.finalize().hexadecimal
  }

  /// The files without their digests. All are written before the first is waited for.
  private func write(
    _ snapshot: NetworkSnapshot, _ sorting: RouteSorting, in draft: String
  ) throws(NetworkSystemError) -> [SnapshotManifest.File] {
    var files: [SnapshotManifest.File] = []
    for file in SnapshotFile.allCases {
      var output = try DurableFile(creating: "\(draft)/\(file.rawValue)")
      var failure: NetworkSystemError?
      let count = file.encode(snapshot, sorting) { part in
        guard failure == nil else { return }
        do throws(NetworkSystemError) { try output.write(part) } catch { failure = error }
      }
      if let failure { throw failure }
      files.append(SnapshotManifest.File(name: file, count: count, bytes: output.bytes, sha256: ""))
      try output.finish()
    }
    return files
  }

  /// Makes a folder and those above it, readable for its owner alone. One that is there stays as it is.
  private func makeFolder(_ path: String) throws(NetworkSystemError) {
    var made = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/") {
      made += "/\(name)"
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw .system(-Int(errno), "cannot make the folder `\(made)`", otherwise: .file)
      }
    }
  }
}
