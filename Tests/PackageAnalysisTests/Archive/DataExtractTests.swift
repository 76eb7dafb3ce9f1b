import Foundation
import GateModel
import Testing

@testable import PackageAnalysis

/// What is kept of a data.tar says the same as the data.tar.
@Suite struct DataExtractTests {
  /// Every field, so that a new one that the extract forgets fails here.
  static func fields(_ contents: PackageContents) -> [String: String] {
    Dictionary(uniqueKeysWithValues: Mirror(reflecting: contents).children.map { ($0.label ?? "", text($0.value)) })
  }

  private static func text(_ value: Any) -> String {
    switch value {
    case let texts as [String: [UInt8]]: "\(texts.sorted { $0.key < $1.key })"
    case let scripts as [MaintainerScript.Name: MaintainerScript]:
      "\(scripts.sorted { $0.key.rawValue < $1.key.rawValue })"
    default: "\(value)"
    }
  }

  /// Reads `bytes`, and again with what was read, but with a data.tar that nobody can read: it is not looked at.
  private func expectTheSame(_ bytes: [UInt8]) throws {
    let read = try DebianArchive(bytes: bytes)
    let extract = try #require(read.extract)
    var broken = bytes
    let member = Array("data.tar".utf8)
    let start = try #require(broken.indices.first { broken[$0...].starts(with: member) })
    broken.removeSubrange((start + 60)...)
    #expect(throws: ArchiveError.self) { try DebianArchive(bytes: broken) }
    let again = try DebianArchive(bytes: broken, extract: extract)
    #expect(Self.fields(again.contents) == Self.fields(read.contents))
    #expect(again.extract == extract)
  }

  @Test(.enabled(if: Tool.exists("dpkg-deb"), "needs dpkg-deb"), arguments: SampleDeb.compressions)
  func ofWhatDpkgDebBuilds(compression: String) throws {
    try expectTheSame(try SampleDeb.bytes(compression: compression))
  }

  /// Links of both kinds, conffiles without text, a changelog, paths that were repaired, texts with NULs and line breaks.
  @Test func ofEverythingThatIsKept() throws {
    var writer = DebWriter()
    writer.control += [
      DebWriter.Item(name: "./conffiles", data: Array("/etc/hello.bin\n/etc/hard\n".utf8)),
      DebWriter.Item(name: "./postinst", data: Array("#!/bin/sh\n. /usr/share/hello/functions\n".utf8)),
    ]
    writer.data = [
      DebWriter.Item(name: "./etc/hello.bin", data: [0, 1, 2]),
      DebWriter.Item(name: "./etc/hard", type: UInt8(ascii: "1"), linkName: "./etc/hello.bin"),
      DebWriter.Item(name: "./usr/share/hello/functions", data: Array("a() {\n  true\n}\n".utf8) + [0xFF]),
      DebWriter.Item(name: "./usr/lib/systemd/network/80-ä.network", data: Array("[Match]\nName=x\n".utf8)),
      DebWriter.Item(
        name: "./usr/share/doc/hello/changelog.Debian",
        data: Array("hello (1.0-1) stable; urgency=high\n\n  * CVE-2024-1\n\n -- A <a@b>  Mon, 1 Jan 2024\n".utf8)),
      DebWriter.Item(name: "./usr/bin/hello", data: [0x7F], mode: "0000755"),
      DebWriter.Item(
        name: "./lib/systemd/system/hello.service.wants/x.service", type: UInt8(ascii: "2"), linkName: "../x.service"),
    ]
    let contents = try DebianArchive(bytes: writer.bytes()).contents
    #expect(contents.texts.count == 2)
    #expect(contents.conffiles.allSatisfy { $0.packagedDigest != nil })
    try expectTheSame(writer.bytes())
    try expectTheSame(DebWriter().bytes())
  }

  /// A .deb that is cut off anywhere, or of which a bit is another, is not taken for what was kept of it.
  @Test func whatIsNoExtractIsPassedOver() throws {
    var writer = DebWriter()
    writer.data = [DebWriter.Item(name: "./etc/x.conf", data: Array("a=b\n".utf8))]
    let read = try DebianArchive(bytes: writer.bytes())
    let extract = try #require(read.extract)
    for length in 0..<extract.count {
      #expect(DataArchive(extract: Array(extract.prefix(length))) == nil)
      let again = try DebianArchive(bytes: writer.bytes(), extract: Array(extract.prefix(length)))
      #expect(Self.fields(again.contents) == Self.fields(read.contents))
    }
    #expect(DataArchive(extract: extract + [0]) == nil)
    for index in extract.indices {
      var other = extract
      other[index] = 0xFF
      _ = DataArchive(extract: other)
    }
  }

  @Test func whatThereWasNoTimeForIsNotKept() throws {
    var writer = DebWriter()
    writer.control += [
      DebWriter.Item(name: "./md5sums", data: Array("\(String(repeating: "0", count: 32))  usr/bin/hello\n".utf8))
    ]
    var rest = writer.bytes()[...]
    let late = try DebianArchive(isLate: { true }) { maximum in
      defer { rest = rest.dropFirst(maximum) }
      return Array(rest.prefix(maximum))
    }
    #expect(late.extract == nil)
    let extract = try #require(try DebianArchive(bytes: writer.bytes()).extract)
    rest = writer.bytes()[...]
    let known = try DebianArchive(isLate: { true }, extract: extract) { maximum in
      defer { rest = rest.dropFirst(maximum) }
      return Array(rest.prefix(maximum))
    }
    #expect(known.contents.notes.isEmpty)
  }

  /// The .debs that this machine's apt has fetched.
  private static let cached: [String] = {
    let folder = "/var/cache/apt/archives"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".deb") }.sorted().prefix(200).map { "\(folder)/\($0)" }
  }()

  @Test(.enabled(if: !cached.isEmpty, "apt has no .debs here"), arguments: cached)
  func ofTheDebsThatAptHas(path: String) throws {
    try expectTheSame(Array(try Data(contentsOf: URL(filePath: path))))
  }

  @Test func fingerprintsAreThoseOfSha256sum() throws {
    var fingerprint = ArchiveFingerprint()
    for piece in ["a", "", "bc"] { fingerprint.update(Array(piece.utf8)) }
    // FIPS 180-2, appendix B.1.
    #expect(fingerprint.text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
