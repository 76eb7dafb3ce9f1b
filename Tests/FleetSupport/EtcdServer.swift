public import Foundation

/// One member of a real etcd, on loopback with ports of its own; it ends with ``stop()``.
public final class EtcdServer: @unchecked Sendable {
  /// Of the Debian package etcd-server.
  public static let program = "/usr/bin/etcd"
  public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
  public static let skipped = "skipped: needs etcd of the Debian package etcd-server"

  public let name: String
  public let clientPort: Int
  public let url: String
  private let arguments: [String]
  private let folder: URL
  private var process: Process?

  /// - Parameter members: name and peer port of every member; this one's alone by default.
  public init(
    name: String = "member", clientPort: Int, peerPort: Int, members: [(name: String, peerPort: Int)] = [],
    folder: URL, tls: [String] = []
  ) {
    self.name = name
    self.clientPort = clientPort
    self.folder = folder
    let scheme = tls.isEmpty ? "http" : "https"
    url = "\(scheme)://127.0.0.1:\(clientPort)"
    let peer = "http://127.0.0.1:\(peerPort)"
    let all = members.isEmpty ? [(name: name, peerPort: peerPort)] : members
    arguments =
      [
        "--name", name, "--data-dir", folder.appendingPathComponent(name).path, "--listen-client-urls", url,
        "--advertise-client-urls", url, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
        "--initial-cluster", all.map { "\($0.name)=http://127.0.0.1:\($0.peerPort)" }.joined(separator: ","),
        "--initial-cluster-token", folder.lastPathComponent, "--logger", "zap", "--log-level", "error",
        "--heartbeat-interval", "100", "--election-timeout", "1000",
      ] + tls
  }

  public var processIdentifier: pid_t? { process?.isRunning == true ? process?.processIdentifier : nil }

  public func start() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
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
      if LoopbackPort.answers(clientPort) { return }
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
  public static func answers(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = UInt16(port).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
