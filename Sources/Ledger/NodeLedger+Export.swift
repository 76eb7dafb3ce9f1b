internal import Glibc
internal import FoundationEssentials
internal import GRDB
internal import LedgerLog

extension NodeLedger {
  /// Writes the ledger as files into a new folder, all of it or nothing; gives how many entries.
  ///
  /// The folder appears under its name once all files in it are on the disk.
  @discardableResult
  public func export(to folder: String) throws(LedgerError) -> Int {
    let target = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    guard access(target, F_OK) != 0 else {
      throw LedgerError(.unreadable, "`\(target)` exists", advice: "name a folder that does not exist yet")
    }
    let temporary = "\(target).\(getpid()).part"
    let export = ExportFolder(path: temporary)
    do throws(LedgerError) {
      try export.make()
      let size = try reading { try write(to: export, from: $0) }
      // Fails where somebody made a folder of that name meanwhile, unless it is empty.
      guard rename(temporary, target) == 0 else { throw FileBytes.failure(target) }
      try FileBytes.synchronizeFolder(of: target)
      return size
    } catch {
      export.remove()
      throw error
    }
  }

  private func write(to export: ExportFolder, from database: Database) throws -> Int {
    guard let checkpoint = try LedgerCheckpoints.latest(in: database, verifiedBy: verifierKey) else {
      throw LedgerError(.missing, "the ledger `\(path)` has no entry yet", advice: "run `apt-gate sync` as root")
    }
    let size = checkpoint.checkpoint.size
    try writeEntries(size: size, to: export, from: database)
    for tile in Tile.hashTiles(size: size) {
      guard case .hashes(let level) = tile.content else { continue }
      let hashes = try TileTree.tile(level, tile.number, in: database) ?? []
      try export.write(hashes, to: tile.path)
    }
    if let witnessed = try LedgerCheckpoints.note(LedgerCheckpoints.witnessedSlot, in: database) {
      try export.write(witnessed, to: ExportedLedger.witnessedPath)
    }
    try export.write(Array("\(verifierKey)\n".utf8), to: ExportedLedger.keyPath)
    try export.write(Array(checkpoint.text.utf8), to: ExportedLedger.checkpointPath)
    return size
  }

  private func writeEntries(size: Int, to export: ExportFolder, from database: Database) throws {
    let lines = try NewFile("\(export.path)/\(ExportedLedger.entriesPath)", mode: 0o644)
    let rows = try Row.fetchCursor(database, sql: "SELECT CAST(json AS BLOB) FROM entry ORDER BY sequence")
    for tile in Tile.entryTiles(size: size) {
      var entries: [[UInt8]] = []
      while entries.count < tile.width, let row = try rows.next() {
        entries.append(try row.withUnsafeData(atIndex: 0) { Array($0 ?? Data()) })
      }
      try lines.append(Array(entries.map { $0 + [0x0A] }.joined()))
      try export.write(EntryBundle.bytes(of: entries), to: tile.path)
    }
    try lines.finish()
  }
}
