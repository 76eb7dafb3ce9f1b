import Glibc
internal import NetworkState

/// A TCP connection, and over it an HTTP request (RFC 9112) if there is a path.
final class StreamProbe: ActiveProbe {
  private let address: SocketAddress
  private let request: [UInt8]?
  /// Nil for any that says that all is well.
  private let status: Int?
  private var isStarted = false
  private var isConnected = false
  private var answer: [UInt8] = []

  init(
    _ address: IPAddress, port: UInt16, path: String? = nil, status: Int? = nil, namespace: String?
  ) throws(NetworkSystemError) {
    self.address = SocketAddress(address, port: port)
    self.status = status
    let host = ProbeTarget.http(address, port: port, path: "").description.dropFirst("http://".count)
    request = path.map {
      Array("GET \($0) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: apt-gate\r\nConnection: close\r\n\r\n".utf8)
    }
    super.init(descriptor: try Self.socket(namespace, Self.domain(address), SOCK_STREAM))
    wanted = Int16(POLLOUT)
  }

  override func ask() -> Progress {
    guard !isStarted else { return .waiting }
    isStarted = true
    let error = address.perform { Int(connect(descriptor, $0, $1)) }
    return error == 0 || error == EINPROGRESS ? .waiting : .dead(Self.text(error))
  }

  override func ready() -> Progress { isConnected ? read() : connected() }

  private func connected() -> Progress {
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
    guard error == 0 else { return .dead(Self.text(error)) }
    guard let request else { return .alive }
    isConnected = true
    wanted = Int16(POLLIN)
    // So short a request fits into the empty send buffer.
    let sent = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
    return sent == request.count ? .waiting : .dead(Self.text(errno))
  }

  private func read() -> Progress {
    forEachPacket { part in
      answer += part
      let line = answer.prefix { $0 != UInt8(ascii: "\n") }
      if line.count == answer.count { return part.isEmpty ? .dead("the server closed the connection") : nil }
      return judge(String(decoding: line, as: UTF8.self))
    }
  }

  /// `HTTP/1.1 200 OK`.
  private func judge(_ line: String) -> Progress {
    let words = line.split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1].prefix(3)) else {
      return .dead("the answer is not HTTP")
    }
    let isWell = self.status.map { $0 == status } ?? (200..<400).contains(status)
    return isWell ? .alive : .dead("the HTTP status is \(status)")
  }
}
