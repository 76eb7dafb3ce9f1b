import AptSystem
import Foundation
import Testing

/// With programs in the place of apt-get: one that answers, and ones that never end.
@Suite struct ChangelogFetcherTests {
  private func text(_ script: String, limit: Duration = .seconds(20)) throws -> [UInt8]? {
    let folder = FileManager.default.temporaryDirectory.path + "/apt-gate-changelog-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let program = folder + "/apt-get"
    try "#!/bin/sh\n\(script)\n".write(toFile: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let fetcher = ChangelogFetcher(program: program, options: ["A::B=c d"], deadline: .now + limit)
    return fetcher.text(package: "openssl:amd64", version: "3.0.16-1")
  }

  /// The same, again if there is none: the kernel runs no file that a process has open for writing, and another test may
  /// have started one while this one wrote (ETXTBSY).
  private func textAtLast(_ script: String) throws -> [UInt8]? {
    for _ in 0..<5 {
      if let text = try text(script) { return text }
    }
    return nil
  }

  @Test func itAsksForExactlyTheVersion() throws {
    let text = try #require(try textAtLast(#"for word; do echo "$word"; done"#))
    #expect(String(decoding: text, as: UTF8.self) == "-qq\n-o\nA::B=c d\nchangelog\nopenssl:amd64=3.0.16-1\n")
  }

  @Test(arguments: ["exit 100", "echo half; exit 100", "exec true", "kill -9 $$"])
  func whatFailsGivesNothing(script: String) throws {
    #expect(try text(script) == nil)
  }

  /// The deadline holds, and no process stays: neither the program nor what it has started.
  @Test func whatHangsIsEnded() throws {
    let mark = "apt-gate-changelog-test-\(UUID().uuidString)"
    let start = ContinuousClock.now
    #expect(try text("sh -c 'while :; do sleep 1; done # \(mark)' & wait", limit: .milliseconds(700)) == nil)
    #expect(start.duration(to: .now) < .seconds(15))
    // What was killed may take a moment to be gone.
    let patience = ContinuousClock.now + .seconds(10)
    var left = try Self.processes(with: mark)
    while !left.isEmpty, .now < patience {
      usleep(20_000)
      left = try Self.processes(with: mark)
    }
    #expect(left == [])
  }

  /// The ids of those whose command line has `mark` in it.
  private static func processes(with mark: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
      guard Int(name) != nil, let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: words, as: UTF8.self).contains(mark)
    }
  }

  @Test func whatDoesNotEndIsCutOff() throws {
    let text = try #require(try textAtLast("exec yes"))
    #expect(text.count >= ChangelogFetcher.longestText)
    #expect(text.count < ChangelogFetcher.longestText + (1 << 17))
  }

  @Test func aProgramThatIsNotThereGivesNothing() {
    let fetcher = ChangelogFetcher(program: "/nonexistent", deadline: .now + .seconds(5))
    #expect(fetcher.text(package: "a", version: "1") == nil)
    #expect(fetcher.text(package: "-oDir=/", version: "1") == nil)
  }
}
