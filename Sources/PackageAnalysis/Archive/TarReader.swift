/// Reads the entries of a tar archive in order: ustar, GNU long names, pax headers, base-256 numbers.
///
/// It extracts nothing. Paths come out absolute and free of `..`; an archive that has others is refused.
final class TarReader {
  private let source: ByteReader
  private var unread: UInt64 = 0
  private var padding: UInt64 = 0
  private var globals = PaxRecords()
  private var entries = 0
  private var pathBytes = 0

  init(source: ByteReader) {
    self.source = source
  }

  /// The next entry, after what is left of the one before; nil at the end of the archive.
  /// - Throws: ``ArchiveError``.
  func next() throws -> TarEntry? {
    var overrides = PaxRecords()
    while let header = try nextHeader() {
      switch header.type {
      case UInt8(ascii: "x"): overrides = try paxRecords(header).over(overrides)
      case UInt8(ascii: "g"): globals = try paxRecords(header).over(globals)
      case UInt8(ascii: "L"): overrides.setPath(try longName(header))
      case UInt8(ascii: "K"): overrides.setLinkPath(try longName(header))
      default: return try entry(header, overrides.over(globals))
      }
    }
    return nil
  }

  /// The data of the entry that ``next()`` returned last; nil if it has more than `limit` bytes.
  func data(of entry: TarEntry, limit: UInt64) throws -> [UInt8]? {
    guard entry.size <= limit, entry.size == unread else { return nil }
    unread = 0
    return try source.exactly(Int(entry.size), of: "`\(entry.path)`")
  }

  /// Passes the data of the entry that ``next()`` returned last to `body`, piece by piece.
  func forwardData(of entry: TarEntry, to body: (ArraySlice<UInt8>) -> Void) throws {
    let size = unread
    unread = 0
    try source.forward(size, of: "`\(entry.path)`", to: body)
  }

  private func nextHeader() throws -> TarHeader? {
    try source.forward(unread, of: "an entry's data")
    try source.forward(padding, of: "an entry's padding")
    (unread, padding) = (0, 0)
    let block = try source.upTo(TarHeader.size)
    // The archive ends with a block of zeros; dpkg also takes the end of the bytes for it.
    if block.isEmpty || (block.count == TarHeader.size && block.allSatisfy { $0 == 0 }) {
      try source.drain()
      return nil
    }
    guard block.count == TarHeader.size else {
      throw source.error(.truncated, "the bytes end within an entry's header")
    }
    guard let header = TarHeader(block) else { throw source.error(.malformed, "an entry's header is broken") }
    entries += 1
    guard entries <= ArchiveLimits.entryCount else {
      throw source.error(.tooLarge, "there are over \(ArchiveLimits.entryCount) entries")
    }
    return header
  }

  private func expectData(_ size: UInt64) {
    unread = size
    padding = (512 - size % 512) % 512
  }

  private func paxRecords(_ header: TarHeader) throws -> PaxRecords {
    guard let records = PaxRecords(try extra(header, limit: ArchiveLimits.paxHeaderSize)) else {
      throw source.error(.malformed, "a pax header is broken")
    }
    return records
  }

  private func longName(_ header: TarHeader) throws -> [UInt8] {
    // GNU tar ends the name with a NUL.
    Array(try extra(header, limit: UInt64(ArchiveLimits.pathLength) + 1).prefix { $0 != 0 })
  }

  private func extra(_ header: TarHeader, limit: UInt64) throws -> [UInt8] {
    guard header.size <= limit else { throw source.error(.tooLarge, "an extended header has \(header.size) bytes") }
    expectData(header.size)
    unread = 0
    return try source.exactly(Int(header.size), of: "an extended header")
  }

  private func entry(_ header: TarHeader, _ overrides: PaxRecords) throws -> TarEntry {
    let kind = try kind(header)
    let size = overrides.size ?? header.size
    guard kind == .file || size == 0 else { throw source.error(.malformed, "an entry that is no file has data") }
    expectData(size)
    return TarEntry(
      kind: kind, path: try path(overrides.path ?? header.name),
      linkTarget: try linkTarget(kind, overrides.linkPath ?? header.linkName), size: size, mode: header.mode)
  }

  private func kind(_ header: TarHeader) throws -> TarEntry.Kind {
    switch header.type {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
      // A v7 tar had no type for directories but a slash at the end of the name.
      header.name.last == UInt8(ascii: "/") && header.size == 0 ? .directory : .file
    case UInt8(ascii: "1"): .hardLink
    case UInt8(ascii: "2"): .symbolicLink
    case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): .other
    case UInt8(ascii: "5"): .directory
    default: throw source.error(.unsupported, "an entry has the type \(header.type), which dpkg does not know")
    }
  }

  private func linkTarget(_ kind: TarEntry.Kind, _ name: [UInt8]) throws -> String? {
    switch kind {
    case .hardLink: return try path(name)
    case .symbolicLink:
      guard name.count <= ArchiveLimits.pathLength, !name.contains(0) else {
        throw source.error(.unsafePath, "a symbolic link has no usable target")
      }
      try count(name.count)
      return String(decoding: name, as: UTF8.self)
    default: return nil
    }
  }

  private func path(_ name: [UInt8]) throws -> String {
    guard let path = ArchivePath.normalised(name) else {
      let shown = String(decoding: name.prefix(200), as: UTF8.self)
      throw source.error(.unsafePath, "the path `\(shown)` leaves the root or is no path")
    }
    try count(path.utf8.count)
    return path
  }

  private func count(_ bytes: Int) throws {
    pathBytes += bytes
    guard pathBytes <= ArchiveLimits.pathBytes else {
      throw source.error(.tooLarge, "the paths have over \(ArchiveLimits.pathBytes) bytes")
    }
  }
}
