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

  /// The snapshot with an id. Throws `file`, `manifest` or `digestMismatch`.
  public func read(_ id: String) throws(NetworkSystemError) -> StoredSnapshot {
    guard Self.isID(id) else {
      throw NetworkSystemError(.file, "`\(id)` is no id of a snapshot; `apt-gate network snapshot --list` shows them")
    }
    return try Self.read(folder: "\(folder)/\(id)")
  }

  /// The snapshot in a folder, wherever that is. Throws `file`, `manifest` or `digestMismatch`.
  public static func read(folder: String) throws(NetworkSystemError) -> StoredSnapshot {
    let manifest = try manifest(folder: folder)
    var tables: [SnapshotFile: MessageTable] = [:]
    for file in manifest.files {
      tables[file.name] = try read(file, in: folder)
    }
    do {
      return StoredSnapshot(manifest: manifest, snapshot: try NetworkSnapshot(files: tables))
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

  private static func read(
    _ file: SnapshotManifest.File, in folder: String
  ) throws(NetworkSystemError) -> MessageTable {
    let path = "\(folder)/\(file.name.rawValue)"
    let bytes = try StoredFile.read(path, limit: fileLimit)
    guard bytes.count == file.bytes, StoredFile.sha256(bytes) == file.sha256 else {
      throw NetworkSystemError(.digestMismatch, "`\(path)` is not what the manifest says: it was cut off or edited")
    }
    do {
      return try file.name.decode(bytes)
    } catch {
      throw NetworkSystemError(.file, "`\(path)`: \(error)")
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
