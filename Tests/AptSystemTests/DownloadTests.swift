import AptSystem
import Foundation
import GateModel
import PackageAnalysis
import Testing

/// Candidates at hand, and candidates fetched.
@Suite struct DownloadTests {
  @Test func localRepositoryIsAtHand() throws {
    let root = try prepared()
    let (contents, binaries) = try source(root)
    let path = try #require(try contents.archivePath(of: binaries[0]))
    #expect(path == "\(root.path)/repo/Debian-stable/pool/tool_1:2.0~x.deb")
    #expect(try contents.candidate(of: binaries[0])?.name == path)
    #expect(contents.warnings.isEmpty)
  }

  @Test func differentFileIsPassedByWithAWarning() throws {
    let root = try prepared()
    try change(root) { $0[$0.count - 1] ^= 1 }
    let (contents, binaries) = try source(root)
    #expect(try contents.archivePath(of: binaries[0]) == nil)
    #expect(contents.warnings.count == 1 && contents.warnings[0].contains("hash"))
  }

  @Test func truncatedFileIsPassedByWithAWarning() throws {
    let root = try prepared()
    try change(root) { $0.removeLast(10) }
    let (contents, binaries) = try source(root)
    #expect(try contents.candidate(of: binaries[0]) == nil)
    #expect(contents.warnings.count == 1 && contents.warnings[0].contains("size"))
  }

  @Test(.enabled(if: LoopbackServer.isAvailable, "python3 is not installed"))
  func fetchedIntoADirectoryAndFoundThere() throws {
    let (root, server) = try served()
    defer { withExtendedLifetime(server) {} }
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    let place = "\(root.path)/new/downloads"
    var seen: [DownloadProgress] = []
    let results = try collector.download(binaries, into: place, deadline: .seconds(60)) {
      seen.append($0)
      return true
    }
    let path = "\(place)/tool_1%3a2.0~x_amd64.deb"
    #expect(results.map(\.outcome) == [.stored(path: path)])
    #expect(!seen.isEmpty)
    let contents = AptPackageContents(collector: collector, downloads: [place], readDeb: Self.reader)
    #expect(try contents.archivePath(of: binaries[0]) == path)
    let again = try collector.download(binaries, into: place, deadline: .seconds(60))
    #expect(again.map(\.outcome) == [.stored(path: path)])
  }

  @Test func copiedFromALocalRepository() throws {
    let root = try prepared(base: "copy:")
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    let results = try collector.download(binaries, into: "\(root.path)/d", deadline: .seconds(60))
    #expect(results.map(\.outcome) == [.stored(path: "\(root.path)/d/tool_1%3a2.0~x_amd64.deb")])
  }

  @Test(.enabled(if: LoopbackServer.isAvailable, "python3 is not installed")) func absentOnTheServer() throws {
    let (root, server) = try served()
    defer { withExtendedLifetime(server) {} }
    try FileManager.default.removeItem(atPath: "\(root.path)/repo/Debian-stable/pool")
    #expect(try failure(root).contains("404"))
  }

  @Test(.enabled(if: LoopbackServer.isAvailable, "python3 is not installed")) func changedOnTheServer() throws {
    let (root, server) = try served()
    defer { withExtendedLifetime(server) {} }
    try change(root) { $0[$0.count - 1] ^= 1 }
    #expect(try failure(root).contains("Hash Sum mismatch"))
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(root.path)/d").filter { $0.hasSuffix(".deb") }
    #expect(left == [])
  }

  @Test(.enabled(if: LoopbackServer.isAvailable, "python3 is not installed")) func endedByTheCallerOrTheDeadline()
    throws
  {
    let (root, server) = try served()
    defer { withExtendedLifetime(server) {} }
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    let ended = try collector.download(binaries, into: "\(root.path)/a", deadline: .seconds(60)) { _ in false }
    #expect(ended.map(\.outcome) == [.cancelled])
    let late = try collector.download(binaries, into: "\(root.path)/b", deadline: .zero)
    #expect(late.map(\.outcome) == [.cancelled])
  }

  @Test func listThatIsNotAuthenticatedIsNotFetchedFrom() throws {
    let root = try prepared(trusted: false)
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    let results = try collector.download(binaries, into: "\(root.path)/d", deadline: .seconds(60))
    #expect(results.map(\.outcome) == [.untrusted])
  }

  @Test func unknownPackageAndUnusableDirectory() throws {
    let root = try prepared()
    let collector = try root.collector()
    let unknown = BinaryChange(
      name: "no-such", architecture: "amd64", from: nil, to: PackageVersion("1"), action: .install)
    let results = try collector.download([unknown], into: "\(root.path)/d", deadline: .seconds(60))
    #expect(results.map(\.outcome) == [.failed("not in the package lists")])
    for place in ["relative", "\(root.path)/apt.conf", "/proc/x"] {
      #expect(throws: AptSystemError.self) { try collector.download([], into: place, deadline: .seconds(1)) }
    }
  }

  private static let reader: @Sendable (String) throws -> PackageContents = { path in
    PackageContents(
      name: path, architecture: "amd64", version: PackageVersion("1"), source: "x", basis: .candidate)
  }

  private func source(_ root: TestRoot) throws -> (AptPackageContents, [BinaryChange]) {
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    try #require(binaries.count == 1)
    return (AptPackageContents(collector: collector, readDeb: Self.reader), binaries)
  }

  /// A root with one upgrade, an epoch and a tilde in its version, and a real .deb.
  private func prepared(base: String? = nil, trusted: Bool = true) throws -> TestRoot {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1:1.0")])
    let candidate = try root.built(Stanza("tool", "1:2.0~x"))
    let full = base.map { $0.hasSuffix(":") ? "\($0)\(root.path)" : $0 }
    try root.repository([candidate], base: full, trusted: trusted)
    try root.update()
    return root
  }

  private func served() throws -> (TestRoot, LoopbackServer) {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1:1.0")])
    let candidate = try root.built(Stanza("tool", "1:2.0~x"), payload: String(repeating: "payload", count: 10000))
    let server = try LoopbackServer(directory: root.path)
    try root.repository([candidate], base: server.url)
    try root.update()
    return (root, server)
  }

  private func failure(_ root: TestRoot) throws -> String {
    let collector = try root.collector()
    let binaries = try collector.pending().changes.flatMap(\.binaries)
    let results = try collector.download(binaries, into: "\(root.path)/d", deadline: .seconds(60))
    guard case .failed(let problem) = try #require(results.first).outcome else { return "\(results)" }
    return problem
  }

  private func change(_ root: TestRoot, _ body: (inout [UInt8]) -> Void) throws {
    let file = URL(fileURLWithPath: "\(root.path)/repo/Debian-stable/pool/tool_1:2.0~x.deb")
    var bytes = try [UInt8](Data(contentsOf: file))
    body(&bytes)
    try Data(bytes).write(to: file)
  }
}
