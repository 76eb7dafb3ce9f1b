import Foundation
import PackageAnalysis
import Testing

/// What the reader refuses, and that it refuses it within bounds.
@Suite struct HostileArchiveTests {
  typealias Item = DebWriter.Item

  private func refusal(_ bytes: [UInt8]) -> ArchiveError? {
    #expect(throws: ArchiveError.self) { try DebianArchive(bytes: bytes) }
  }

  private func refusal(data items: [Item]) -> ArchiveError? {
    var writer = DebWriter()
    writer.data = items
    return refusal(writer.bytes())
  }

  private func refusal(control text: String) -> ArchiveError? {
    var writer = DebWriter()
    writer.control[0].data = Array(text.utf8)
    return refusal(writer.bytes())
  }

  @Test func whatIsNoDeb() {
    #expect(refusal([])?.code == .notADebianArchive)
    #expect(refusal(Array("#!/bin/sh\n".utf8))?.code == .notADebianArchive)
    #expect(refusal(DebWriter.ar([("control.tar", [])]))?.code == .notADebianArchive)
    var writer = DebWriter()
    writer.format = "3.0\n"
    #expect(refusal(writer.bytes())?.code == .unsupported)
  }

  @Test(arguments: ["-1", "99999999999999", "12x", "", "0x10"])
  func membersWhoseSizesLie(size: String) {
    let bytes = Array("!<arch>\n".utf8) + DebWriter.header("debian-binary", size: size) + Array("2.0\n".utf8)
    #expect([.malformed, .truncated].contains(refusal(bytes)?.code))
  }

  @Test(arguments: [
    "77777777777", "99999999999", "-0000000001",
    "\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
    "\u{80}\u{7F}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
    "\u{80}\0\0\0\u{7F}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
  ])
  func entriesWhoseSizesLie(size: String) {
    let code = refusal(data: [Item(name: "./a", data: [1], sizeField: size)])?.code
    #expect([.malformed, .truncated].contains(code))
  }

  @Test func membersInTheWrongOrderOrTwiceOrMissing() {
    let format = ("debian-binary", Array("2.0\n".utf8))
    let control = ("control.tar", DebWriter.tar(DebWriter().control))
    let data = ("data.tar", DebWriter.tar([]))
    #expect(refusal(DebWriter.ar([format, data, control]))?.code == .missingMember)
    #expect(refusal(DebWriter.ar([format, control, control]))?.code == .missingMember)
    #expect(refusal(DebWriter.ar([format, control]))?.code == .missingMember)
    #expect(refusal(DebWriter.ar([format]))?.code == .missingMember)
    #expect(refusal(DebWriter.ar([format, ("control.tar.bz2", []), data]))?.code == .unsupported)
    let extras = (0..<20).map { ("_extra\($0)", [UInt8]()) }
    #expect(refusal(DebWriter.ar([format] + extras + [control, data]))?.code == .tooLarge)
    // What dpkg passes over is passed over.
    #expect(throws: Never.self) {
      try DebianArchive(bytes: DebWriter.ar([format, ("_gpg", [1]), control, data, ("junk", [1])]))
    }
  }

  @Test(arguments: ["../etc/passwd", "./usr/../../x", "/../x", "a\nb"])
  func pathsThatClimbOut(path: String) {
    #expect(refusal(data: [Item(name: path)])?.code == .unsafePath)
    #expect(refusal(data: [Item(name: "a", type: UInt8(ascii: "1"), linkName: path)])?.code == .unsafePath)
  }

  @Test func absolutePathsAreTakenBelowTheRoot() throws {
    var writer = DebWriter()
    writer.data = [Item(name: "//etc/./a//b")]
    #expect(try DebianArchive(bytes: writer.bytes()).contents.files.map(\.path) == ["/etc/a/b"])
  }

  @Test func filesBelowALinkOfTheSamePackage() {
    let link = Item(name: "./safe", type: UInt8(ascii: "2"), linkName: "/etc/systemd")
    let file = Item(name: "./safe/network/x.network", data: [1])
    #expect(refusal(data: [link, file])?.code == .unsafePath)
    #expect(refusal(data: [file, link])?.code == .unsafePath)
  }

  @Test func entriesOfKindsThatDpkgDoesNotKnow() {
    #expect(refusal(data: [Item(name: "./a", type: UInt8(ascii: "S"))])?.code == .unsupported)
    #expect(refusal(data: [Item(name: "./a", data: [1], type: UInt8(ascii: "2"), linkName: "b")])?.code == .malformed)
  }

  @Test(arguments: ["999 path=a\n", "0 path=a\n", "-5 path=a\n", "9 path=a", "path=a\n", "11 size=-1\n"])
  func brokenPaxHeaders(record: String) {
    #expect(refusal(data: [Item(name: "p", data: Array(record.utf8), type: UInt8(ascii: "x"))])?.code == .malformed)
  }

  @Test func hugeExtendedHeaders() {
    let item = Item(name: "p", data: [UInt8](repeating: 65, count: 70_000), type: UInt8(ascii: "L"))
    #expect(refusal(data: [item])?.code == .tooLarge)
  }

  @Test func controlFilesThatSayTooLittleOrTooMuch() {
    let plain = DebWriter.plainControl
    #expect(refusal(control: plain + "X: \0\n")?.code == .malformed)
    #expect(refusal(control: plain + "package: other\n")?.code == .duplicate)
    #expect(refusal(control: "Package: a\nVersion: 1\n")?.code == .malformed)
    #expect(refusal(control: "Package: ../a\nVersion: 1\nArchitecture: all\n")?.code == .malformed)
    #expect(refusal(control: "Package: a\nVersion: 1;2\nArchitecture: all\n")?.code == .malformed)
    #expect(refusal(control: "hello\n")?.code == .malformed)
    var writer = DebWriter()
    writer.control = []
    #expect(refusal(writer.bytes())?.code == .missingMember)
    writer.control = DebWriter().control + DebWriter().control
    #expect(refusal(writer.bytes())?.code == .duplicate)
  }

  @Test func moreControlDataThanAnyPackageHas() {
    var writer = DebWriter()
    writer.control.append(Item(name: "./md5sums", data: [UInt8](repeating: 0, count: Int(ArchiveLimits.controlSize))))
    #expect(refusal(writer.bytes())?.code == .tooLarge)
  }

  @Test(.enabled(if: Tool.exists("xz"), "needs xz"))
  func bombs() throws {
    let zeros = "head -c 400000000 /dev/zero"
    for (name, command) in [("data.tar.gz", "gzip -1"), ("data.tar.xz", "xz -0")] {
      let bomb = try Tool.run(["sh", "-c", "{ cat; \(zeros); } | \(command)"], input: bombHeader)
      let bytes = DebWriter.ar([
        ("debian-binary", Array("2.0\n".utf8)), ("control.tar", DebWriter.tar(DebWriter().control)), (name, bomb),
      ])
      #expect(refusal(bytes)?.code == .tooLarge)
    }
  }

  /// The header of a file of 400,000,000 bytes, which follow.
  private var bombHeader: [UInt8] {
    DebWriter.entry(Item(name: "./opt/bomb", sizeField: "0" + String(400_000_000, radix: 8)))
  }
}
