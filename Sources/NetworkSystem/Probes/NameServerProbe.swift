import Glibc
internal import NetworkState

/// A question to a name server over UDP. `SERVFAIL` and `REFUSED` do not count as an answer; that there is no such name does.
final class NameServerProbe: ActiveProbe {
  private let server: SocketAddress
  private let question: DNSQuestion
  private let id = UInt16.random(in: 0 ... .max)

  init(_ question: DNSQuestion, server: IPAddress, port: UInt16, namespace: String?) throws(NetworkSystemError) {
    self.server = SocketAddress(server, port: port)
    self.question = question
    super.init(descriptor: try Self.socket(namespace, Self.domain(server), SOCK_DGRAM))
  }

  /// Connected, so that only the server's packets and refusals arrive.
  override func ask() -> Progress {
    let error = server.perform { Int(connect(descriptor, $0, $1)) }
    guard error == 0 else { return .dead(Self.text(error)) }
    let message = question.message(id: id)
    return send(descriptor, message, message.count, 0) < 0 && errno != EAGAIN ? .dead(Self.text(errno)) : .waiting
  }

  override func ready() -> Progress {
    forEachPacket { packet in
      switch question.responseCode(in: packet, id: id) {
      case nil: nil
      case 0, 3: .alive
      case let code?: .dead("the name server answers with the error \(code)")
      }
    }
  }
}
