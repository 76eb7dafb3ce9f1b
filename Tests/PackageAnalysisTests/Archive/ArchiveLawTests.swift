import Foundation
import PackageAnalysis
import TestSupport
import Testing

/// For any bytes the reader returns or throws an ``ArchiveError``; it never crashes or hangs.
@Suite struct ArchiveLawTests {
  private func name(_ bytes: [UInt8]) throws -> String? {
    do {
      return try DebianArchive(bytes: bytes).contents.name
    } catch is ArchiveError {
      return nil
    }
  }

  @Test(.enabled(if: Tool.exists("dpkg-deb"), "needs dpkg-deb"), arguments: SampleDeb.compressions)
  func everyTruncationIsNoticed(compression: String) throws {
    let whole = try SampleDeb.bytes(compression: compression)
    // Past its end nothing can be missing but the padding after the last member.
    let stride = max(1, whole.count / 1500)
    for length in Swift.stride(from: 0, to: whole.count - 1, by: stride) {
      #expect(try name(Array(whole[..<length])) == nil, "\(compression) cut at \(length) of \(whole.count)")
    }
    #expect(try name(whole) == "hello")
  }

  @Test(.enabled(if: Tool.exists("dpkg-deb"), "needs dpkg-deb"), arguments: SampleDeb.compressions)
  func flippedBitsNeverCrash(compression: String) throws {
    let whole = try SampleDeb.bytes(compression: compression)
    let seed = TestSeed.named("archives")
    print("seed of flippedBitsNeverCrash(\(compression)): \(seed)")
    var generator = Seed(value: seed)
    var refused = 0
    for _ in 0..<600 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if try name(bytes) == nil { refused += 1 }
    }
    #expect(refused > 0)
  }

  @Test func piecesOfAnySizeReadAlike() throws {
    var writer = DebWriter()
    writer.data = [DebWriter.Item(name: "./usr/bin/a", data: [UInt8](repeating: 9, count: 700))]
    let whole = writer.bytes()
    for size in [1, 2, 7, 511, 512, 100_000] {
      var rest = whole[...]
      let archive = try DebianArchive { maximum in
        defer { rest = rest.dropFirst(min(size, maximum)) }
        return Array(rest.prefix(min(size, maximum)))
      }
      #expect(archive.contents.files == [PackagedFile(path: "/usr/bin/a")])
    }
  }

  /// Headers with right checksums and fields at random reach what flipped bits do not.
  @Test func randomEntriesNeverCrash() throws {
    let seed = TestSeed.named("archives")
    print("seed of randomEntriesNeverCrash: \(seed)")
    var generator = Seed(value: seed)
    var outcomes: [Bool: Int] = [:]
    for _ in 0..<1500 {
      var writer = DebWriter()
      writer.data = (0..<Int.random(in: 0...6, using: &generator)).map { _ in randomItem(&generator) }
      outcomes[try name(writer.bytes()) == nil, default: 0] += 1
    }
    // Neither everything nor nothing is refused, or the test would say little.
    #expect(outcomes[true, default: 0] > 100)
    #expect(outcomes[false, default: 0] > 100)
  }

  private func randomItem(_ generator: inout Seed) -> DebWriter.Item {
    let names = [
      "./a", "a/", "/", ".", "../a", "a/../b", "", "./a/b", "./etc/x.conf", String(repeating: "n", count: 100),
    ]
    let sizes = [nil, nil, nil, nil, "0", "77777777777", " 7 ", "\u{80}\0\0\0\0\0\0\0\0\0\0\u{05}", "\u{FF}", "1x"]
    let data = [
      [], [], Array("27 path=usr/share/p/readme\n".utf8), Array("12 size=999\n".utf8), [0], Array("9 size=x\n".utf8),
    ]
    let types = Array("00000000125123457LKxgSV".utf8) + [0]
    return DebWriter.Item(
      name: names.randomElement(using: &generator) ?? "", data: data.randomElement(using: &generator) ?? [],
      type: types.randomElement(using: &generator) ?? 0, linkName: names.randomElement(using: &generator) ?? "",
      sizeField: sizes.randomElement(using: &generator) ?? nil)
  }

  /// A large package streams: memory does not grow with it.
  @Test func memoryStaysBoundedWhileALargePackageStreams() throws {
    let fileSize = 768 << 20
    let sizeField = String(repeating: "0", count: 11 - String(fileSize, radix: 8).count) + String(fileSize, radix: 8)
    let dataSize = 512 + fileSize + 1024
    let head =
      DebWriter.ar([("debian-binary", Array("2.0\n".utf8)), ("control.tar", DebWriter.tar(DebWriter().control))])
      + DebWriter.header("data.tar", size: String(dataSize))
      + DebWriter.entry(DebWriter.Item(name: "./opt/large", sizeField: sizeField))
    var given = 0
    let total = head.count - 512 + dataSize
    let before = try peakMemory()
    let archive = try DebianArchive { maximum in
      let piece =
        given < head.count
        ? Array(head[given..<min(head.count, given + maximum)])
        : [UInt8](repeating: 0, count: min(maximum, total - given))
      given += piece.count
      return piece
    }
    #expect(archive.contents.files == [PackagedFile(path: "/opt/large")])
    #expect(given == total)
    // Other tests run beside this one; the file alone would be 768 MiB.
    #expect(try peakMemory() - before < 512 << 20)
  }

  /// The most memory that this process has had, in bytes. Source: proc_pid_status(5), `VmHWM`.
  private func peakMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber))) * 1024
  }
}
