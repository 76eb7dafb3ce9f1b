internal import GateModel

/// A .deb, read from its bytes into what the analysis needs.
///
/// It reads the bytes once, in order, and extracts nothing. Memory is bounded by ``ArchiveLimits``, whatever the sizes
/// in the archive claim: a .deb of any size streams through. Bytes that dpkg would not take, or that break a
/// limit, are refused with an ``ArchiveError``; every other error is the pull closure's own.
///
/// Source of the format: `deb(5)`.
public struct DebianArchive: Sendable {
  /// The package, with the basis `.candidate`.
  public var contents: PackageContents
  /// What was repaired or left out while reading, in one line each.
  public var notes: [String] { contents.notes }
  /// What was read of data.tar, for who reads the same .deb again; nil if there was no time for it.
  public var extract: [UInt8]? { data?.extract }

  private let data: DataArchive?

  /// Reads a .deb.
  ///
  /// - Parameters:
  ///   - isLate: whether there is no time left to read data.tar. The files are then those that control.tar lists, in
  ///     `md5sums` and `conffiles`: no links, no texts, no changelog, and a note says so. Without that list it throws.
  ///   - extract: what ``extract`` was when the very same bytes were read before: data.tar is then not read. One that is
  ///     none is passed over.
  ///   - pull: gives the next bytes of the .deb, at most as many as it is asked for; none at the end.
  public init(
    isLate: @escaping () -> Bool = { false }, extract: [UInt8]? = nil,
    pull: @escaping (_ maxBytes: Int) throws -> [UInt8]
  ) throws {
    let source = ByteReader(pull: pull)
    let members = try ArReader(source: source)
    try Self.checkFormat(members, source)
    let control = try Self.controlArchive(members, source)
    do {
      let data =
        try extract.flatMap(DataArchive.init(extract:))
        ?? Self.dataArchive(members, source, conffiles: control.conffilePaths, isLate)
      contents = Self.contents(control, data)
      self.data = data
    } catch is Late {
      guard let listed = control.listedPaths else {
        throw source.error(.tooLarge, "there was no time to read data.tar, and control.tar does not list its files")
      }
      contents = Self.contents(control, DataArchive(listed: listed + control.conffilePaths))
      data = nil
    }
  }

  /// There is no time left.
  private struct Late: Error {}

  /// Reads a .deb that is in memory.
  public init(bytes: [UInt8], extract: [UInt8]? = nil) throws {
    var rest = bytes[...]
    try self.init(extract: extract) { maximum in
      let piece = rest.prefix(maximum)
      rest = rest.dropFirst(maximum)
      return Array(piece)
    }
  }

  private static func contents(_ control: ControlArchive, _ data: DataArchive) -> PackageContents {
    let conffiles = control.conffilePaths.map { Conffile(path: $0, packagedDigest: data.digests[$0]) }
    var contents = PackageContents(
      name: control.fields.package, architecture: control.fields.architecture, version: control.fields.version,
      source: control.fields.source, basis: .candidate, scripts: control.scripts, files: data.files,
      conffiles: conffiles, triggers: control.triggers, texts: data.texts,
      notes: control.fields.notes + data.notes)
    contents.changelog = data.changelog
    return contents
  }
}

extension DebianArchive {
  /// The first member, `debian-binary`, says `2.` and a minor number that does not matter.
  private static func checkFormat(_ members: ArReader, _ source: ByteReader) throws {
    guard let member = try members.next(), member.name == "debian-binary" else {
      throw source.error(.notADebianArchive, "this is no .deb: its first member is not `debian-binary`")
    }
    let version = try members.reader(of: member).upTo(16)
    guard version.starts(with: "2.".utf8) else {
      let line = String(decoding: version.prefix { $0 != 0x0A }, as: UTF8.self)
      throw source.error(.unsupported, "the .deb has the format `\(line)`; only 2.x can be read")
    }
  }

  private static func controlArchive(_ members: ArReader, _ source: ByteReader) throws -> ControlArchive {
    let reader = try tarBytes("control.tar", limit: ArchiveLimits.controlSize, members, source)
    return try ControlArchive(TarReader(source: reader))
  }

  private static func dataArchive(
    _ members: ArReader, _ source: ByteReader, conffiles: [String], _ isLate: @escaping () -> Bool
  ) throws -> DataArchive {
    let reader = try tarBytes("data.tar", limit: ArchiveLimits.dataSize, members, source)
    let timed = ByteReader(member: "data.tar") { maximum in
      if isLate() { throw Late() }
      return Array(try reader.some(atMost: maximum))
    }
    return try DataArchive(TarReader(source: timed), conffiles: Set(conffiles))
  }

  /// The uncompressed bytes of the next member, which must be `name` with some compression.
  ///
  /// As dpkg does, it passes over members whose names begin with `_`, and does not look behind data.tar.
  private static func tarBytes(
    _ name: String, limit: UInt64, _ members: ArReader, _ source: ByteReader
  ) throws -> ByteReader {
    for _ in 0...ArchiveLimits.extraMembers {
      guard let member = try members.next() else { throw source.error(.missingMember, "the .deb has no `\(name)`") }
      if member.name.hasPrefix("_") { continue }
      guard member.name.hasPrefix(name) else {
        throw source.error(.missingMember, "the member `\(member.name)` stands where `\(name)` should")
      }
      guard let compression = Compression(suffix: member.name.dropFirst(name.count)) else {
        throw source.error(.unsupported, "the member `\(member.name)` has an unknown compression")
      }
      return try uncompressed(members.reader(of: member), compression, name, limit: limit)
    }
    throw source.error(.tooLarge, "there are over \(ArchiveLimits.extraMembers) members before `\(name)`")
  }

  private static func uncompressed(
    _ bytes: ByteReader, _ compression: Compression, _ name: String, limit: UInt64
  ) throws -> ByteReader {
    guard let format = compression.format else {
      var total: UInt64 = 0
      return ByteReader(member: name) { maximum in
        let piece = try bytes.some(atMost: maximum)
        total += UInt64(piece.count)
        guard total <= limit else { throw bytes.error(.tooLarge, "`\(name)` has over \(limit) bytes") }
        return Array(piece)
      }
    }
    let decompressor = try Decompressor(format, source: bytes, outputLimit: limit)
    return ByteReader(member: name) { try decompressor.next($0) }
  }
}
