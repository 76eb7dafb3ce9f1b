public import Foundation

/// One member of a real etcd, on loopback with ports of its own unless told otherwise; it ends with ``stop()``.
public final class EtcdServer: @unchecked Sendable {
  /// Of the Debian package etcd-server.
  public static let program = "/usr/bin/etcd"
  public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
  public static let skipped = "skipped: needs etcd of the Debian package etcd-server"

  /// A member as the others know it.
  public struct Peer: Sendable {
    public var name: String
    public var address: String
    public var port: Int

    public init(name: String, address: String = "127.0.0.1", port: Int) {
      self.name = name
      self.address = address
      self.port = port
    }
  }

  public let name: String
  public let address: String
  public let clientPort: Int
  public let url: String
  private let words: [String]
  private let folder: URL
  private var process: Process?

  /// - Parameters:
  ///   - members: every member; this one alone by default.
  ///   - launcher: words before the program's name, such as `ip netns exec m1`.
  public init(
    name: String = "member", address: String = "127.0.0.1", clientPort: Int, peerPort: Int, members: [Peer] = [],
    folder: URL, tls: [String] = [], launcher: [String] = []
  ) {
    self.name = name
    self.address = address
    self.clientPort = clientPort
    self.folder = folder
    let scheme = tls.isEmpty ? "http" : "https"
    url = "\(scheme)://\(address):\(clientPort)"
    let peer = "http://\(address):\(peerPort)"
    let all = members.isEmpty ? [Peer(name: name, address: address, port: peerPort)] : members
    words =
      launcher + [
        Self.program, "--name", name, "--data-dir", folder.appendingPathComponent(name).path, "--listen-client-urls",
        url,
        "--advertise-client-urls", url, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
        "--initial-cluster", all.map { "\($0.name)=http://\($0.address):\($0.port)" }.joined(separator: ","),
        "--initial-cluster-token", folder.lastPathComponent, "--logger", "zap", "--log-level", "error",
        "--heartbeat-interval", "100", "--election-timeout", "1000",
      ] + tls
  }

  public var processIdentifier: pid_t? { process?.isRunning == true ? process?.processIdentifier : nil }

  public func start() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let log = folder.appendingPathComponent("\(name).log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    self.process = process
  }

  /// Returns when the member takes connections.
  public func waitUntilUp(for limit: Duration = .seconds(20)) async throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if LoopbackPort.answers(clientPort, at: address) { return }
      if process?.isRunning != true { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    let log = try? String(contentsOf: folder.appendingPathComponent("\(name).log"), encoding: .utf8)
    throw ProcessProblem("etcd did not start: \(log ?? "")")
  }

  public func signal(_ number: Int32) { if let pid = processIdentifier { kill(pid, number) } }

  /// Kills it, as a crash would, and waits for its end.
  public func stop() {
    signal(SIGCONT)
    signal(SIGKILL)
    process?.waitUntilExit()
  }

  deinit { stop() }
}

extension LoopbackPort {
  /// Whether something accepts connections there.
  public static func answers(_ port: Int, at host: String = "127.0.0.1") -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr(host)
    address.sin_port = UInt16(port).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
