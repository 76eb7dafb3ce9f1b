import Foundation
import Testing

@testable import SystemdSystem

@Suite struct JournalTests {
  @Test func messageIDsAreDifferentAndWellFormed() {
    let ids = JournalEvent.allCases.map(\.messageID)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) && $0 == $0.lowercased() })
  }

  /// The ids are for other programs to search by: they never change.
  @Test func messageIDsStand() {
    #expect(JournalEvent.restartOwed.messageID == "c2f17d146fc54aadbc100d13ca8f9ddf")
    #expect(JournalEvent.transactionVetoed.messageID == "a24a56b1099e4317a2bbddc10c61899d")
  }

  @Test(arguments: JournalEvent.allCases) func catalogTextsNameTheirFields(event: JournalEvent) {
    let named = event.explanation.matches(of: /@([A-Z_]+)@/).compactMap { JournalField(rawValue: String($0.output.1)) }
    #expect(Set(named) == event.fields)
    #expect(event.explanation.matches(of: /@[A-Z_]+@/).count == named.count, "a field that no entry has")
  }

  @Test func theInstalledCatalogIsTheTables() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../dist/apt-gate.catalog")
    if ProcessInfo.processInfo.environment["APT_GATE_RECORD"] != nil {
      try JournalCatalog.text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.path); run again without APT_GATE_RECORD")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == JournalCatalog.text)
  }

  /// The stock tool reads the catalog and finds every entry by its id.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/journalctl")))
  func journalctlReadsTheCatalog() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let folder = root.appending(path: "usr/lib/systemd/catalog")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: root.appending(path: "var/lib/systemd/catalog"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try JournalCatalog.text.write(to: folder.appending(path: "apt-gate.catalog"), atomically: true, encoding: .utf8)
    try #require(journalctl(["--root", root.path, "--update-catalog"]).status == 0)
    for event in JournalEvent.allCases {
      let (status, text) = try journalctl(["--root", root.path, "--dump-catalog", event.messageID])
      #expect(status == 0)
      #expect(text.contains("Subject: \(event.subject)"))
    }
  }

  private func journalctl(_ words: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/journalctl")
    process.arguments = words + ["--no-pager"]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test func anEntryIsInTheNativeProtocol() {
    let entry = JournalEntry(event: .restartOwed, message: "two\nlines", fields: [.unit: "a.service", .source: "s"])
    let expected =
      Array("MESSAGE\n".utf8) + [9, 0, 0, 0, 0, 0, 0, 0]
      + Array(
        """
        two
        lines
        MESSAGE_ID=\(JournalEvent.restartOwed.messageID)
        PRIORITY=5
        SYSLOG_IDENTIFIER=apt-gate
        OBJECT_SYSTEMD_UNIT=a.service
        APT_GATE_SOURCE=s
        APT_GATE_UNIT=a.service

        """.utf8)
    #expect(entry.bytes == expected)
  }

  @Test func withoutAJournalNothingWaits() {
    #expect(!Journal(socket: "/nonexistent/socket").send(.syncFailed, "x"))
    #expect(!Journal(socket: "").send(.syncFailed, "x"))
    #expect(!Journal(socket: String(repeating: "x", count: 200)).send(.syncFailed, "x"))
  }

  /// A journald that hangs fills its queue; then entries are dropped and nothing waits for ever.
  @Test func aJournalThatDoesNotReadIsGivenUp() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer {
      close(listener)
      unlink(path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    let journal = Journal(socket: path)
    let answers = (0..<2000).prefix { _ in journal.send(.syncFailed, "x") }
    #expect(!answers.isEmpty && answers.count < 2000)
  }
}
