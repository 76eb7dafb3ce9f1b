import Foundation
import GateModel
import PackageAnalysis
import Testing

@Suite struct DebianArchiveTests {
  @Test(.enabled(if: Tool.exists("dpkg-deb"), "needs dpkg-deb"), arguments: SampleDeb.compressions)
  func readsWhatDpkgDebBuilds(compression: String) throws {
    let contents = try DebianArchive(bytes: try SampleDeb.bytes(compression: compression)).contents
    #expect(contents.name == "hello")
    #expect(contents.version == PackageVersion("1.0-1"))
    #expect(contents.architecture == "amd64")
    #expect(contents.source == "hello")
    #expect(contents.basis == .candidate)
    #expect(contents.scripts[.postinst]?.bytes == Array(SampleDeb.postinst.utf8))
    #expect(contents.scripts.count == 1)
    #expect(
      contents.triggers == [
        TriggerDeclaration(directive: .interestNoawait, trigger: "hello-changed"),
        TriggerDeclaration(directive: .activate, trigger: "ldconfig"),
      ])
    // `printf 'greeting=hello\n' | md5sum`
    #expect(contents.conffiles.map(\.path) == ["/etc/hello.conf"])
    #expect(contents.conffiles.first?.packagedDigest == "801ef2bfa1ce9046be4eb650dabcc017")
    #expect(
      Set(contents.files) == [
        PackagedFile(path: "/etc/hello.conf"), PackagedFile(path: "/opt/\(SampleDeb.longName)"),
        PackagedFile(path: "/opt/hello/run"), PackagedFile(path: "/usr/lib/systemd/system/hello.service"),
        PackagedFile(path: "/usr/lib/systemd/system/hi.service", linkTarget: "hello.service"),
      ])
    #expect(
      contents.texts == [
        "/etc/hello.conf": Array(SampleDeb.settings.utf8),
        "/opt/hello/run": Array("#!/bin/bash\ntrue\n".utf8),
        "/usr/lib/systemd/system/hello.service": Array(SampleDeb.unit.utf8),
      ])
    #expect(contents.notes.isEmpty)
  }

  @Test(.enabled(if: Tool.exists("xz"), "needs xz"))
  func readsOldLzmaMembers() throws {
    var writer = DebWriter()
    writer.data = [DebWriter.Item(name: "./usr/bin/hello", data: [1, 2, 3])]
    let data = try Tool.run(["xz", "--format=lzma", "-c"], input: DebWriter.tar(writer.data))
    let bytes = DebWriter.ar([
      ("debian-binary", Array("2.0\n".utf8)), ("control.tar", DebWriter.tar(writer.control)), ("data.tar.lzma", data),
    ])
    #expect(try DebianArchive(bytes: bytes).contents.files == [PackagedFile(path: "/usr/bin/hello")])
  }

  @Test func readsGnuAndPaxNamesAndBinarySizes() throws {
    let long = String(repeating: "x/", count: 120) + "y"
    let pax = "path=usr/ä\n"
    let length = pax.utf8.count + 3
    var writer = DebWriter()
    writer.data = [
      DebWriter.Item(name: "././@LongLink", data: Array(long.utf8) + [0], type: UInt8(ascii: "L")),
      DebWriter.Item(name: "cut-off", data: [7], sizeField: "\u{80}\0\0\0\0\0\0\0\0\0\0\u{01}"),
      DebWriter.Item(name: "pax", data: Array("\(length) \(pax)".utf8), type: UInt8(ascii: "x")),
      DebWriter.Item(name: "cut-off", type: UInt8(ascii: "2"), linkName: "../elsewhere"),
    ]
    #expect(
      try DebianArchive(bytes: writer.bytes()).contents.files == [
        PackagedFile(path: "/\(long)"), PackagedFile(path: "/usr/ä", linkTarget: "../elsewhere"),
      ])
  }

  @Test func repairsInvalidTextAndSaysSo() throws {
    var writer = DebWriter()
    writer.control[0].data += Array("Homepage: ".utf8) + [0xFF, 0xFE, 0x0A]
    let archive = try DebianArchive(bytes: writer.bytes())
    #expect(archive.notes == ["the control file is no valid UTF-8; it was repaired"])
    #expect(archive.contents.name == "hello")
  }

  @Test func sourceMayHaveAVersion() throws {
    var writer = DebWriter()
    writer.control[0].data += Array("Source: greetings (2.0)\n".utf8)
    #expect(try DebianArchive(bytes: writer.bytes()).contents.source == "greetings")
  }

  @Test func passesOnTheErrorsOfTheClosure() {
    struct DiskError: Error {}
    #expect(throws: DiskError.self) { try DebianArchive { _ in throw DiskError() } }
  }

  /// A .deb that is pulled in pieces, with no time for data.tar.
  private func late(_ writer: DebWriter) throws -> DebianArchive {
    var rest = writer.bytes()[...]
    return try DebianArchive(isLate: { true }) { maximum in
      defer { rest = rest.dropFirst(maximum) }
      return Array(rest.prefix(maximum))
    }
  }

  @Test func withoutTimeTheFilesAreThoseThatControlLists() throws {
    var writer = DebWriter()
    let digest = String(repeating: "0", count: 32)
    let sums = "\(digest)  usr/bin/hello\n\(digest)  ./lib/udev/rules.d/60-hello.rules\n\(digest)  ../x\nshort\n"
    writer.control += [
      DebWriter.Item(name: "./md5sums", data: Array(sums.utf8)),
      DebWriter.Item(name: "./conffiles", data: Array("/etc/hello.conf\n".utf8)),
      DebWriter.Item(name: "./postinst", data: Array("#!/bin/sh\n".utf8)),
    ]
    writer.data = [DebWriter.Item(name: "./usr/bin/other")]
    let contents = try late(writer).contents
    #expect(contents.files.map(\.path) == ["/usr/bin/hello", "/lib/udev/rules.d/60-hello.rules", "/etc/hello.conf"])
    #expect(contents.scripts[.postinst] != nil)
    #expect(contents.conffiles == [Conffile(path: "/etc/hello.conf", packagedDigest: nil)])
    #expect(contents.notes.contains { $0.hasPrefix("there was no time") })
    #expect(try DebianArchive(bytes: writer.bytes()).contents.files.map(\.path) == ["/usr/bin/other"])
  }

  @Test func withoutTimeAndWithoutAListNothingIsClaimed() {
    #expect(throws: ArchiveError.self) { try late(DebWriter()) }
  }
}
