import Foundation
import Testing

@testable import apt_gate

/// `--download` against a server on the loopback interface.
@Suite(.enabled(if: Command.exists("python3"), "python3 is not installed"))
struct DownloadTests {
  private static let direct = ["-o", "Acquire::http::Proxy::127.0.0.1=DIRECT"]

  /// A node with foo pending at a server; the installed foo does nothing, the new one restarts foo.service.
  private func node(_ server: inout LoopbackServer?) throws -> MadeUpNode {
    var started: LoopbackServer?
    let node = try MadeUpNode { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/repo", withIntermediateDirectories: true)
      let server = try LoopbackServer(folder: "\(folder)/repo")
      started = server
      return "http://127.0.0.1:\(server.port)"
    }
    server = started
    try node.install("foo", "1.0-1", postinst: "#!/bin/sh\ntrue\n")
    try node.offer("foo", "1.0-2", deb: node.deb("foo", "1.0-2", postinst: ExitCodeTests.restart))
    try node.policy(ExitCodeTests.holdRestarts)
    return node
  }

  @Test func decidesByWhatTheNewDebHolds() throws {
    var server: LoopbackServer?
    let node = try node(&server)
    let assumed = try node.gate(["check"] + Self.direct)
    #expect(assumed.status == 0)
    #expect(assumed.output.contains("--download"))
    let read = try node.gate(["check", "--download"] + Self.direct)
    #expect(read.status == 2)
    #expect(read.output.contains("restarts foo"))
    #expect(read.output.contains("1 read from the new .deb"))
    // It is kept, and read without another download.
    server = nil
    #expect(try node.gate(["check"] + Self.direct).status == 2)
  }

  @Test func aDebThatWasChangedIsNotTaken() throws {
    var server: LoopbackServer?
    let node = try node(&server)
    let file = "\(node.folder.path)/repo/pool/foo.deb"
    var bytes = try Data(contentsOf: URL(filePath: file))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(filePath: file))
    let outcome = try node.gate(["check", "--download"] + Self.direct)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("`foo` could not be fetched: "))
    #expect(outcome.output.contains("1 assumed from the installed version's scripts"))
    withExtendedLifetime(server) {}
  }
}
