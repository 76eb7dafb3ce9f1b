internal import FoundationEssentials
public import NetworkState

/// A snapshot with its manifest, read back and found to be what was written.
public struct StoredSnapshot: Sendable {
  public var manifest: SnapshotManifest
  public var snapshot: NetworkSnapshot
}

extension SnapshotStore {
  /// The largest file that is read: what a table of messages can hold.
  private static let fileLimit = Int(UInt32.max)
  private static let manifestLimit = 1 << 20

  /// The manifests of all snapshots, oldest first. A folder whose manifest cannot be read is passed over.
  ///
  /// Throws `file` if the folder cannot be listed; one that does not exist holds none.
  public func list() throws(NetworkSystemError) -> [SnapshotManifest] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw NetworkSystemError(.file, "cannot list `\(folder)`: \(error)")
    }
    return names.filter(Self.isID).sorted().compactMap { try? Self.manifest(folder: "\(folder)/\($0)") }
  }

  /// The snapshot whose id is `text` or alone begins with it; `latest` is the newest.
  ///
  /// Throws `noSnapshot`, `file`, `manifest` or `digestMismatch`.
  public func read(_ text: String) throws(NetworkSystemError) -> StoredSnapshot {
    try Self.read(folder: path(of: id(text)))
  }

  private func id(_ text: String) throws(NetworkSystemError) -> String {
    guard Self.isID(text) else { throw NetworkSystemError(.noSnapshot, "`\(text)` is no id of a snapshot") }
    if FileManager.default.fileExists(atPath: path(of: text)) { return text }
    let ids = try list().map(\.id)
    if text == "latest", let newest = ids.last { return newest }
    let matching = ids.filter { $0.hasPrefix(text) }
    guard let first = matching.first else {
      throw NetworkSystemError(.noSnapshot, "no snapshot in `\(folder)` has the id `\(text)`")
    }
    guard matching.count == 1 else {
      let shown = matching.prefix(3).joined(separator: ", ") + (matching.count > 3 ? ", ..." : "")
      throw NetworkSystemError(.noSnapshot, "`\(text)` begins the ids of \(matching.count) snapshots: \(shown)")
    }
    return first
  }

  /// The snapshot in a folder, wherever that is. Throws `file`, `manifest` or `digestMismatch`.
  public static func read(folder: String) throws(NetworkSystemError) -> StoredSnapshot {
    let manifest = try manifest(folder: folder)
    try checkDigests(of: manifest, in: folder)
    var snapshot = NetworkSnapshot()
    for kind in NetworkObjectKind.allCases {
      let files = manifest.files.filter { $0.name.kind == kind }
      let bytes = files.reduce(0) { $0 &+ max(0, $1.bytes) }
      for (place, file) in files.enumerated() {
        // The first gets room for the others, so that a million routes are not copied when a few are appended.
        try append(read(file, in: folder, reserving: place == 0 ? bytes : 0), to: &snapshot[kind], from: folder)
      }
    }
    return StoredSnapshot(manifest: manifest, snapshot: snapshot)
  }

  private static func append(
    _ stored: consuming MessageTable, to table: inout MessageTable, from folder: String
  ) throws(NetworkSystemError) {
    do {
      try table.append(contentsOf: stored)
    } catch {
      throw NetworkSystemError(.file, "`\(folder)`: \(error)")
    }
  }

  private static func manifest(folder: String) throws(NetworkSystemError) -> SnapshotManifest {
    let path = "\(folder)/\(manifestName)"
    let bytes = try StoredFile.read(path, limit: manifestLimit)
    guard let manifest = try? JSONDecoder().decode(SnapshotManifest.self, from: Data(bytes)) else {
      throw NetworkSystemError(.manifest, "`\(path)` is no manifest of a snapshot")
    }
    guard manifest.schema == SnapshotManifest.currentSchema else {
      throw NetworkSystemError(.manifest, "`\(path)` has the schema `\(manifest.schema)`, which is not known here")
    }
    return manifest
  }

  /// A manifest that was edited does not have the digest that was written down beside it.
  private static func checkDigests(of manifest: SnapshotManifest, in folder: String) throws(NetworkSystemError) {
    let digest = try StoredFile.sha256(StoredFile.read("\(folder)/\(manifestName)", limit: manifestLimit))
    let path = "\(folder)/\(digestsName)"
    let found = try readPart(path, limit: manifestLimit)
    guard found == Array(digests(of: manifest, manifestDigest: digest).utf8) else {
      throw NetworkSystemError(
        .digestMismatch, "`\(folder)/\(manifestName)` is not what `\(path)` says: one of them was cut off or edited")
    }
  }

  private static func read(
    _ file: SnapshotManifest.File, in folder: String, reserving capacity: Int
  ) throws(NetworkSystemError) -> MessageTable {
    let path = "\(folder)/\(file.name.rawValue)"
    let bytes = try readPart(path, limit: fileLimit, reserving: capacity)
    guard bytes.count == file.bytes, StoredFile.sha256(bytes) == file.sha256 else {
      throw NetworkSystemError(.digestMismatch, "`\(path)` is not what the manifest says: it was cut off or edited")
    }
    do {
      return try file.name.decode(bytes)
    } catch {
      throw NetworkSystemError(.file, "`\(path)`: \(error)")
    }
  }

  /// A file that the manifest promises: one that is not there is missing of the snapshot.
  private static func readPart(
    _ path: String, limit: Int, reserving capacity: Int = 0
  ) throws(NetworkSystemError) -> [UInt8] {
    do {
      return try StoredFile.read(path, limit: limit, reserving: capacity)
    } catch {
      throw error.code == .file ? NetworkSystemError(.digestMismatch, error.message) : error
    }
  }

  /// Ids hold nothing that could lead out of the folder.
  static func isID(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "."), text.utf8.count <= 128 else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "." || $0 == "-")
    }
  }
}
