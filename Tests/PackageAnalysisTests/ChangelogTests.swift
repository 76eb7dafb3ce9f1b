import Foundation
import GateModel
import TestSupport
import Testing

@testable import PackageAnalysis

@Suite struct ChangelogTests {
  private static let text = """
    openssl (3.0.15-1~deb12u2) bookworm-security; urgency=high

      * Fix CVE-2025-0001 and cve-2025-12345, also (CVE-2024-9999).
      * Not XCVE-2020-1111, CVE-20-1, CVE-2020-12 or CVE-2020-1234x.

     -- A Person <a@example.org>  Sat, 01 Feb 2025 10:00:00 +0000

    openssl (3.0.15-1~deb12u1) bookworm; urgency=medium

      * CVE-2024-0002

     -- A Person <a@example.org>  Wed, 01 Jan 2025 10:00:00 +0000

    openssl (3.0.14-1~deb12u2) bookworm; urgency=emergency

      * CVE-2023-0003

     -- A Person <a@example.org>  Sun, 01 Dec 2024 10:00:00 +0000
    """

  private func read(_ text: String, from: String?, to: String) -> ChangelogSummary? {
    ChangelogSummary(changelog: Array(text.utf8), from: from.map { PackageVersion($0) }, to: PackageVersion(to))
  }

  @Test func onlyEntriesAfterTheInstalledVersionCount() throws {
    let summary = try #require(read(Self.text, from: "3.0.14-1~deb12u2", to: "3.0.15-1~deb12u2"))
    #expect(summary.cves == ["CVE-2024-0002", "CVE-2024-9999", "CVE-2025-0001", "CVE-2025-12345"])
    #expect(summary.urgency == .high)
    #expect(summary.entries == 2)
    #expect(summary.isComplete)
  }

  @Test func entriesAfterTheCandidateDoNotCount() throws {
    let summary = try #require(read(Self.text, from: "3.0.14-1~deb12u2", to: "3.0.15-1~deb12u1"))
    #expect(summary.cves == ["CVE-2024-0002"])
    #expect(summary.urgency == .medium)
  }

  /// An installed version that the changelog does not name, between two that it does, is a lower bound all the same; one
  /// that is older than all of it is not reached.
  @Test(arguments: [("3.0.14-9", true), ("3.0.14-1~deb12u2", true), ("3.0.1-1", false), ("0:0", false)])
  func aChangelogThatIsCutShortSaysSo(from: String, isComplete: Bool) throws {
    #expect(try #require(read(Self.text, from: from, to: "3.0.15-1~deb12u2")).isComplete == isComplete)
  }

  @Test func aNewPackageHasItsOwnEntryOnly() throws {
    let summary = try #require(read(Self.text, from: nil, to: "3.0.15-1~deb12u2"))
    #expect((summary.entries, summary.isComplete) == (1, true))
  }

  @Test(arguments: ["9.9-1", "3.0.15-1~deb12u3", "3.0.15-1"]) func anotherVersionsChangelogSaysNothing(to: String) {
    #expect(read(Self.text, from: "3.0.14-1~deb12u2", to: to) == nil)
  }

  /// What stands in the first column and is no heading makes the reading doubtful, and never more than that.
  @Test func oddLinesAreToldAndPassedOver() throws {
    let broken = Self.text.replacing("\nopenssl (3.0.15-1~deb12u1)", with: "\nwhat is this\nopenssl (3.0.15-1~deb12u1)")
    let summary = try #require(read(broken, from: "3.0.14-1~deb12u2", to: "3.0.15-1~deb12u2"))
    #expect(!summary.isComplete)
    #expect(summary.cves.count == 4)
  }

  /// `urgency` in every form that archives hold; anything else is unknown.
  @Test(arguments: [
    ("urgency=low", "low"), ("urgency=HIGH", "high"), ("binary-only=yes, urgency=critical", "critical"),
    ("urgency=medium (HIGH for users of x)", "medium"), ("urgency=urgent", nil), ("", nil), ("urgency", nil),
  ])
  func urgencyIsRead(metadata: String, expected: String?) throws {
    let text = "a (1-1) unstable; \(metadata)\n\n  * x\n\n -- A <a@b>  Sat, 01 Feb 2025 10:00:00 +0000\n"
    #expect(try #require(read(text, from: nil, to: "1-1")).urgency?.rawValue == expected)
  }

  /// Nothing makes it fail, hang or invent: what it says always stands in the text.
  @Test func anythingCanBeRead() throws {
    var seed = Seed("ChangelogTests.anythingCanBeRead")
    let bytes = Array(Self.text.utf8)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0...seed.below(6) {
        let place = seed.below(damaged.count)
        switch seed.below(4) {
        case 0: damaged[place] = seed.number()
        case 1: damaged.removeSubrange(place..<min(place + seed.below(40), damaged.count))
        case 2: damaged.insert(contentsOf: seed.bytes(seed.below(20)), at: place)
        default: damaged.insert(contentsOf: damaged[0..<place], at: place)
        }
        if damaged.isEmpty { damaged = [0] }
      }
      let found = ChangelogSummary(
        changelog: damaged, from: PackageVersion("3.0.14-1~deb12u2"), to: PackageVersion("3.0.15-1~deb12u2"))
      let upper = String(decoding: damaged, as: UTF8.self).uppercased()
      for cve in found?.cves ?? [] { #expect(upper.contains(cve)) }
    }
  }

  @Test func aHugeChangelogIsReadInLinearTime() {
    let line = String(repeating: "CVE-2025-", count: 100_000)
    let text = "a (2-1) unstable; urgency=low\n  " + line + "\n" + String(repeating: "(", count: 1_000_000)
    let time = ContinuousClock().measure { _ = read(text, from: "1-1", to: "2-1") }
    #expect(time < .seconds(5))
  }

  /// The changelogs on this machine: our reading of their newest entries against dpkg's.
  @Test func realChangelogsAreReadAsDpkgReadsThem() throws {
    let folder = "/usr/share/doc"
    let paths = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .map { "\(folder)/\($0)/changelog.Debian.gz" }.filter { FileManager.default.fileExists(atPath: $0) }
    guard paths.count > 20, FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-parsechangelog") else {
      print("realChangelogsAreReadAsDpkgReadsThem: skipped, no changelogs or no dpkg-parsechangelog on this machine")
      return
    }
    var read = 0
    for path in paths where read < 25 {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      let text = ChangelogFile.text(of: Array(data))
      var parser = ChangelogParser(text)
      guard let newest = parser.next() else { continue }
      let theirs = try dpkg(text)
      #expect(newest.version.text == theirs["Version"], "\(path)")
      #expect(
        newest.urgency?.rawValue == theirs["Urgency"]?.split(separator: " ").first.map { $0.lowercased() }, "\(path)")
      read += 1
    }
    #expect(read > 10)
    print("realChangelogsAreReadAsDpkgReadsThem: \(read) changelogs of this machine")
  }

  /// The fields that `dpkg-parsechangelog` gives of the newest entry.
  private func dpkg(_ text: [UInt8]) throws -> [String: String] {
    let file = FileManager.default.temporaryDirectory.appending(path: "changelog-\(UUID().uuidString)")
    try Data(text).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/dpkg-parsechangelog")
    process.arguments = ["-l", file.path, "-n", "1"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix(" ") }
    return Dictionary(
      lines.compactMap { line in
        line.firstRange(of: ": ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
      }
    ) { first, _ in first }
  }
}
