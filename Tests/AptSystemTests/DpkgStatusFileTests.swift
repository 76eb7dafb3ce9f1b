import Foundation
import Testing

@testable import AptSystem

@Suite struct DpkgStatusFileTests {
  /// What libapt says of each package of this machine.
  @Test func saysTheSameAsLibapt() throws {
    let collector = try AptCollector()
    let path = try collector.nodePaths().status
    let file = try #require(DpkgStatusFile(path: path))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let names = Set(text.split(separator: "\n").filter { $0.hasPrefix("Package: ") }.map { String($0.dropFirst(9)) })
    try #require(names.count > 50)
    var compared = 0
    for name in names.sorted() {
      let any = try collector.installed(name: name, architecture: nil)
      #expect(file.record(name: name, architecture: nil)?.version == any?.version, "\(name)")
      guard let any else { continue }
      let known = try #require(try collector.installed(name: name, architecture: any.architecture))
      let read = try #require(file.record(name: name, architecture: any.architecture))
      #expect(read.architecture == known.architecture && read.version == known.version, "\(name)")
      #expect(read.source == known.source && read.isQualified == known.isQualified, "\(name)")
      #expect(Self.lines(read.conffiles) == Self.lines(known.conffiles), "\(name)")
      compared += 1
    }
    print("dpkg's status: \(compared) installed packages as libapt has them")
  }

  private static func lines(_ field: String) -> [String] {
    field.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static let sample = """
    Package: a
    Status: install ok installed
    Source: src (1.0)
    Architecture: amd64
    Multi-Arch: same
    Version: 1:2-3
    Conffiles:
     /etc/a 0123456789abcdef0123456789abcdef
     /etc/b 0123456789abcdef0123456789abcdef obsolete

    Package: a
    Status: deinstall ok config-files
    Architecture: i386
    Version: 1

    Package: gone
    Status: unknown ok not-installed
    Architecture: all

    Status: install ok half-configured
    Package:  b
    Architecture: all
    Version: 4
    """

  @Test func readsStanzas() throws {
    let file = DpkgStatusFile(Array(Self.sample.utf8))
    let a = try #require(file.record(name: "a", architecture: "amd64"))
    #expect(a.source == "src" && a.version == "1:2-3" && a.isQualified)
    #expect(Self.lines(a.conffiles).count == 2)
    #expect(file.record(name: "a", architecture: "i386") == nil)
    #expect(file.record(name: "gone", architecture: nil) == nil)
    #expect(file.record(name: "b", architecture: "amd64")?.version == "4")
    #expect(file.record(name: "c", architecture: nil) == nil)
  }

  @Test func anyBytesAreRead() {
    for cut in 0...Self.sample.utf8.count {
      let file = DpkgStatusFile(Array(Self.sample.utf8.prefix(cut)) + [0xFF, 10, 10, 10])
      _ = file.record(name: "a", architecture: nil)
      _ = file.record(name: "b", architecture: "all")
    }
  }
}
