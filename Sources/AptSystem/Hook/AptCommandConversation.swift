internal import Glibc

/// The talk with an `apt` or `apt-get` command over the socket that it gives to hooks of `AptCli::Hooks`.
///
/// Messages are lines of JSON-RPC 2.0, each with an empty line after it: apt greets, the hook answers with the version that
/// it speaks, apt tells one thing and says good-bye. Source: apt 2.6, doc/json-hooks-protocol.md.
public struct AptCommandConversation {
  private let descriptor: Int32

  /// Far more than the packages of any transaction take.
  private static let mostBytes = 64 << 20

  /// `socket` is what apt put into `APT_HOOK_SOCKET`; nil without one.
  public init?(socket: String?) {
    guard let descriptor = socket.flatMap(Int32.init), descriptor >= 0 else { return nil }
    self.descriptor = descriptor
  }

  /// Answers apt's greeting, and gives what apt tells then. nil if it does not speak this protocol, or not in time.
  public func event(by deadline: ContinuousClock.Instant) -> AptCommandEvent? {
    var rest: [UInt8] = []
    guard let greeting = message(&rest, by: deadline),
      AptCommandEvent(line: greeting)?.method == "org.debian.apt.hooks.hello",
      send(#"{"jsonrpc":"2.0","id":0,"result":{"version":"0.1"}}"# + "\n\n")
    else { return nil }
    return message(&rest, by: deadline).flatMap(AptCommandEvent.init(line:))
  }

  private func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// The next line, with its empty line taken off; what comes after it is left in `rest`.
  private func message(_ rest: inout [UInt8], by deadline: ContinuousClock.Instant) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let newline = UInt8(ascii: "\n")
    while true {
      if let end = rest.indices.dropLast().first(where: { rest[$0] == newline && rest[$0 + 1] == newline }) {
        defer { rest.removeFirst(end + 2) }
        return Array(rest[..<end])
      }
      let left = ContinuousClock.now.duration(to: deadline).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0, rest.count < Self.mostBytes else { return nil }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, Int32(clamping: milliseconds)) > 0 else { continue }
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return nil }
      rest += chunk[..<count]
    }
  }
}
