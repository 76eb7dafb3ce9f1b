import Glibc
import Testing

@testable import AptSystem

/// The talk with apt's commands, with messages as apt 2.6.1 wrote them.
@Suite struct AptCommandTests {
  private static let hello =
    #"{"jsonrpc":"2.0","method":"org.debian.apt.hooks.hello","id":0,"params":{"versions":["0.1","0.2"]}}"#
  private static let failure =
    #"{"jsonrpc":"2.0","method":"org.debian.apt.hooks.install.fail","params":{"command":"install","search-terms":["#
    + #""systemd=252.39-1~deb12u2","udev/stable","libc6:amd64","nano-","g++","vim"],"unknown-packages":[],"packages":[]}}"#

  @Test func whatAPersonWroteIsNames() throws {
    let event = try #require(AptCommandEvent(line: Array(Self.failure.utf8)))
    #expect(event.method == AptCommandEvent.failure)
    #expect(event.names == ["systemd", "udev", "libc6", "nano-", "nano", "g++", "g+", "vim"])
    #expect(AptCommandEvent(line: Array("{}".utf8)) == nil)
    #expect(AptCommandEvent(line: Array(Self.hello.utf8.dropLast())) == nil)
  }

  /// Runs a conversation with what apt would write, and gives what the hook answered.
  private func talk(_ written: String) -> (event: AptCommandEvent?, answer: String) {
    var ends: [Int32] = [0, 0]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    defer { for end in ends { close(end) } }
    write(ends[0], written, written.utf8.count)
    let event = AptCommandConversation(socket: "\(ends[1])")?.event(by: .now + .milliseconds(300))
    var answer = [UInt8](repeating: 0, count: 4096)
    let count = recv(ends[0], &answer, answer.count, Int32(MSG_DONTWAIT))
    return (event, String(decoding: answer.prefix(max(0, count)), as: UTF8.self))
  }

  @Test func theGreetingIsAnsweredAndTheEventRead() {
    let (event, answer) = talk(Self.hello + "\n\n" + Self.failure + "\n\n")
    #expect(event?.method == AptCommandEvent.failure)
    #expect(answer == "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"version\":\"0.1\"}}\n\n")
  }

  @Test(arguments: ["", "\n\n", hello, hello + "\n\n", failure + "\n\n", hello + "\n\n" + "{\n\n"])
  func whoDoesNotSpeakItIsLeft(written: String) {
    #expect(talk(written).event == nil)
  }

  @Test func withoutASocketThereIsNobodyToTalkTo() {
    #expect(AptCommandConversation(socket: nil) == nil)
    #expect(AptCommandConversation(socket: "-1") == nil)
    #expect(AptCommandConversation(socket: "4294967296") == nil)
  }
}
