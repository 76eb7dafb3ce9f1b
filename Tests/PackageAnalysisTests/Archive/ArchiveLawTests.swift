import PackageAnalysis
import Testing

/// For any bytes the reader returns or throws an ``ArchiveError``; it never crashes or hangs.
@Suite struct ArchiveLawTests {
  /// A generator that a printed seed brings back (SplitMix64).
  struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

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
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of flippedBitsNeverCrash(\(compression)): \(seed)")
    var generator = SeededGenerator(state: seed)
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
}
