import Foundation
import GateModel
import LedgerLog
import PackageAnalysis
import TestSupport
import Testing

@testable import apt_gate

/// What `sync` keeps of .debs, so that the hook need not decompress them again.
@Suite struct ExtractStoreTests {
  private let folder: TemporaryFolder
  private let name = "100-" + String(repeating: "0", count: 64)

  init() throws { folder = try TemporaryFolder() }

  private func store(isWritable: Bool) -> ExtractStore { ExtractStore(state: folder.path, isWritable: isWritable) }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/extracts")) ?? []).sorted()
  }

  @Test func whatIsKeptIsThereForTheNextProcess() {
    store(isWritable: true).keep([1, 2, 3], as: name)
    #expect(names == [name])
    let reader = store(isWritable: false)
    #expect(reader.extract(name) == [1, 2, 3])
    #expect(reader.isOfUse(size: 100))
    #expect(!reader.isOfUse(size: 101))
    #expect(reader.extract("101-\(String(repeating: "0", count: 64))") == nil)
    reader.keep([4], as: "102-x")
    #expect(names == [name])
  }

  @Test func whatIsNotWholeOrNotItsOwnCountsAsAbsent() throws {
    store(isWritable: true).keep([1, 2, 3], as: name)
    let path = "\(folder.path)/extracts/\(name)"
    let whole = try Data(contentsOf: URL(filePath: path))
    for index in whole.indices {
      var other = whole
      other[index] ^= 1
      try other.write(to: URL(filePath: path))
      #expect(store(isWritable: false).extract(name) == nil)
      try whole.prefix(index).write(to: URL(filePath: path))
      #expect(store(isWritable: false).extract(name) == nil)
    }
    try whole.write(to: URL(filePath: path))
    #expect(store(isWritable: false).extract(name) == [1, 2, 3])
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: "\(folder.path)/extracts")
    #expect(store(isWritable: false).extract(name) == nil)
    #expect(!store(isWritable: false).isOfUse(size: 100))
  }

  @Test func whatNobodyAsksForGoes() {
    let first = store(isWritable: true)
    first.keep([1], as: name)
    first.keep([2], as: "200-\(String(repeating: "1", count: 64))")
    let second = store(isWritable: true)
    #expect(second.extract(name) == [1])
    second.removeUnused()
    #expect(names == [name])
    let reader = store(isWritable: false)
    reader.removeUnused()
    #expect(names == [name])
  }

  @Test func withoutAFolderNothingIsKept() {
    let store = ExtractStore(state: "\(folder.path)/none", isWritable: true)
    store.keep([1], as: name)
    #expect(store.extract(name) == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/none"))
  }

  /// A .deb whose extract says something else than its data.tar: what is kept is taken, for these very bytes only.
  @Test func aDebIsKnownByItsBytes() throws {
    let node = try MadeUpNode()
    let deb = try node.deb("foo", "2.0-1", postinst: "#!/bin/sh\n")
    let other = try node.deb("bar", "2.0-1", postinst: "#!/bin/sh\ntrue\n")
    #expect(try DebFile.contents(of: deb, extracts: store(isWritable: true)).files == [])
    #expect(try DebFile.contents(of: other, extracts: store(isWritable: true)).name == "bar")
    #expect(names.count == 2)
    let kept = try #require(names.first { $0.hasPrefix("\(try size(of: deb))-\(try digest(of: deb))") })
    var writer = try #require(store(isWritable: false).extract(kept))
    #expect(try DebFile.contents(of: deb, extracts: store(isWritable: false)).files == [])
    // One file more: the list of files comes after the mark, which has its length before it.
    let start = 4 + Int(writer[0])
    writer.replaceSubrange(start..<(start + 4), with: [1, 0, 0, 0, 2, 0, 0, 0] + Array("/x".utf8) + [0, 0, 0, 0])
    store(isWritable: true).keep(writer, as: kept)
    #expect(try DebFile.contents(of: deb, extracts: store(isWritable: false)).files.map(\.path) == ["/x"])
    #expect(try DebFile.contents(of: deb).files == [])
    #expect(try DebFile.contents(of: other, extracts: store(isWritable: false)).files == [])
    // As long, but with another time in the header of a member, which nobody reads.
    var bytes = try Data(contentsOf: URL(filePath: deb))
    let place = try #require(bytes.firstRange(of: Data("control.tar".utf8))).lowerBound
    bytes[place + 16] = UInt8(ascii: bytes[place + 16] == UInt8(ascii: "1") ? "2" : "1")
    try bytes.write(to: URL(filePath: deb))
    #expect(try DebFile.contents(of: deb, extracts: store(isWritable: false)).files == [])
  }

  private func size(of path: String) throws -> Int { try Data(contentsOf: URL(filePath: path)).count }

  private func digest(of path: String) throws -> String {
    String(try Command("sha256sum", [path]).run().output.prefix(64))
  }

  /// `sync` keeps what it reads, and lets go of what is no longer pending; the hook decides the same with it and without.
  @Test(.enabled(if: geteuid() == 0, "the hooks are for root")) func theHookDecidesTheSame() throws {
    let node = try HookNode()
    let stream = try node.stream(node.upgrade("foo"), node.upgrade("plain"))
    for name in ["foo", "plain"] {
      try node.node.offer(name, "2.0-1", deb: "\(node.folder)/\(name)_2.0-1_amd64.deb")
    }
    #expect(try node.node.gate("sync").error == "")
    let extracts = "\(node.state)/extracts"
    #expect(try FileManager.default.contentsOfDirectory(atPath: extracts).count == 2)
    var changes: [[ChangeRecord]] = []
    for isKept in [true, false] {
      if !isKept { try FileManager.default.removeItem(atPath: extracts) }
      let outcome = try node.preInstall(stream)
      #expect(outcome.status == 0, "\(outcome.error)")
      try node.postInstall()
      let last = try #require(try node.entries().last { $0.kind == .transactionIntent })
      guard case .transactionIntent(let record) = last.body else { return }
      changes.append(record.changes)
    }
    #expect(changes[0] == changes[1])
    #expect(changes[0].map(\.source) == ["foo", "plain"])
    #expect(!FileManager.default.fileExists(atPath: extracts), "the hook keeps nothing")
    #expect(try node.node.gate("sync").status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: extracts).count == 2)
  }
}
