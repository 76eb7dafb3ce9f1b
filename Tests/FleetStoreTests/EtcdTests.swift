import FleetStore
import FleetStoreEtcd
import FleetSupport
import Foundation
import Testing

/// What only several members, or only etcd, can do.
@Suite(.enabled(if: EtcdServer.isInstalled, "\(EtcdServer.skipped)"), .serialized)
struct EtcdTests {
  private static func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fleet-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  /// Certificates both ways, and a user with a password.
  @Test func tlsAndAuthentication() async throws {
    try await Self.withFolder { folder in
      let authority = try TestAuthority(in: folder)
      let (own, client) = (try authority.issue("etcd"), try authority.issue("coordinator"))
      let ports = try LoopbackPort.free(2)
      let server = EtcdServer(
        clientPort: ports[0], peerPort: ports[1], folder: folder,
        tls: [
          "--cert-file", own.certificate, "--key-file", own.key, "--client-cert-auth", "--trusted-ca-file",
          authority.certificate,
        ])
      try server.start()
      defer { server.stop() }
      try await server.waitUntilUp()
      var settings = EtcdSettings(
        endpoints: [server.url], trustedCertificates: authority.certificate, certificate: client.certificate,
        key: client.key)
      let open = try EtcdFleetStore(settings)
      let version = try await open.put("a", "1")
      #expect(version > 0)

      // Without the certificate, and with one of another authority, nothing is read.
      settings.deadline = .seconds(2)
      var bare = settings
      (bare.certificate, bare.key) = (nil, nil)
      let strangers = try TestAuthority("strangers", in: folder).issue("coordinator-2")
      var foreign = settings
      (foreign.certificate, foreign.key) = (strangers.certificate, strangers.key)
      for wrong in [bare, foreign] {
        let store = try EtcdFleetStore(wrong)
        await #expect(throws: FleetStoreError.self) { try await store.get("a") }
      }

      settings.deadline = .seconds(10)
      try server.control(["user", "add", "root:secret"], settings)
      try server.control(["user", "grant-role", "root", "root"], settings)
      try server.control(["auth", "enable"], settings)
      let anonymous = await #expect(throws: FleetStoreError.self) { try await open.get("a") }
      #expect(anonymous?.code == .broken)
      // etcd wants no common name on certificates where it knows users.
      (settings.user, settings.password) = ("root", "secret")
      let common = try EtcdFleetStore(settings)
      let unwanted = await #expect(throws: FleetStoreError.self) { try await common.get("a") }
      #expect(unwanted?.code == .broken && unwanted?.message.contains("CommonName") == true)
      let nameless = try authority.issue("", file: "nameless")
      (settings.certificate, settings.key) = (nameless.certificate, nameless.key)
      let named = try EtcdFleetStore(settings)
      #expect(try await named.get("a")?.version == version)
      settings.password = "wrong"
      let wrong = try EtcdFleetStore(settings)
      let refused = await #expect(throws: FleetStoreError.self) { try await wrong.get("a") }
      #expect(refused?.code == .broken)
    }
  }

  /// Three members: one is killed, then one hangs; what is left of a majority goes on.
  @Test func failover() async throws {
    try await Self.withFolder { folder in
      let ports = try LoopbackPort.free(6)
      let members = (0..<3).map { EtcdServer.Peer(name: "m\($0)", port: ports[$0 + 3]) }
      let servers = (0..<3).map {
        EtcdServer(
          name: "m\($0)", clientPort: ports[$0], peerPort: ports[$0 + 3], members: members, folder: folder)
      }
      defer { for server in servers { server.stop() } }
      for server in servers { try server.start() }
      for server in servers { try await server.waitUntilUp() }
      let store = try EtcdFleetStore(
        EtcdSettings(endpoints: servers.map(\.url), deadline: .seconds(20), patience: .seconds(2)))
      // The first election may still go on.
      let first = try await store.putUntilCertain("a", "1")
      servers[0].stop()
      let second = try await store.putUntilCertain("a", "2")
      #expect(second > first)
      try servers[0].start()
      try await servers[0].waitUntilUp()
      servers[1].signal(SIGSTOP)
      let third = try await store.putUntilCertain("a", "3")
      #expect(third > second)
      #expect(try await store.get("a")?.bytes == Array("3".utf8))
      servers[1].signal(SIGCONT)
    }
  }

  /// Every call ends, and says whether something may have been done.
  @Test func deadlines() async throws {
    let database = try await StoreUnderTest(.etcd)
    let store = try database.open(deadline: .milliseconds(1500))
    let version = try await store.put("a", "1")
    database.server?.signal(SIGSTOP)
    let clock = ContinuousClock()
    let time = await clock.measure {
      let read = await #expect(throws: FleetStoreError.self) { try await store.get("a") }
      #expect(read?.code == .unavailable)
      let write = await #expect(throws: FleetStoreError.self) { try await store.put("a", "2") }
      #expect(write?.code == .unknownOutcome)
    }
    #expect(time < .seconds(8), "\(time)")
    database.server?.signal(SIGCONT)
    let again = try database.open()
    #expect(try await again.get("a")?.version ?? 0 >= version)
    database.server?.stop()
    // A store without a connection from before, of whose end it might not know yet.
    let late = try database.open()
    let gone = await #expect(throws: FleetStoreError.self) { try await late.put("a", "3") }
    #expect(gone?.code == .unavailable, "nobody took the connection, so nothing was done")
  }
}

extension FleetStore {
  /// As a coordinator does: after an unknown outcome it reads, and writes again if need be.
  fileprivate func putUntilCertain(_ key: String, _ value: String) async throws -> UInt64 {
    for _ in 0..<10 {
      do {
        return try await put(key, value)
      } catch let error as FleetStoreError where error.code == .unknownOutcome || error.code == .unavailable {
        if let found = try? await get(key), found.bytes == Array(value.utf8) { return found.version }
      }
    }
    throw FleetStoreError(.unavailable, "ten attempts")
  }
}

extension EtcdServer {
  /// Runs etcdctl with what `settings` say.
  fileprivate func control(_ arguments: [String], _ settings: EtcdSettings) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/etcdctl")
    process.environment = ["ETCDCTL_API": "3"]
    process.arguments =
      [
        "--endpoints", url, "--cacert", settings.trustedCertificates ?? "", "--cert", settings.certificate ?? "",
        "--key", settings.key ?? "",
      ] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ProcessProblem("etcdctl \(arguments) failed") }
  }
}
