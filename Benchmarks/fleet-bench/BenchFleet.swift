import AsyncHTTPClient
import Coordinator
import CoordinatorAPI
import FleetStore
import FleetStoreEtcd
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import NIOCore
import NIOHTTP1
import NIOSSL
import Rollout
import RolloutCoordination

/// A coordinator with a store that was filled beforehand.
struct BenchFleet: Sendable {
  enum Store: String, CaseIterable, Sendable { case sqlite = "SQLite", etcd }

  let coordinator: String
  let gate: String
  let folder: URL

  static let configuration = """
    apiVersion: apt-gate-fleet/v1
    groups:
      - {name: canary, labels: {role: canary}}
      - {name: rest, labels: {role: rest}}
    rings:
      - {name: canary, groups: canary, slots: 100%, soak: 1h}
      - {name: rest, groups: rest, slots: 10%, perDomain: {rack: 50}}
    """

  /// What runs for one measurement.
  struct Running: Sendable {
    var process: CoordinatorProcess
    var etcd: EtcdServer?
    var store: any FleetStore
    var authority: TestAuthority
    var url: String { "https://127.0.0.1:\(process.port)" }

    func stop() {
      process.kill()
      etcd?.stop()
    }

    /// A client that knows the coordinator's authority.
    func client(connections: Int) throws -> HTTPClient {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority.certificate))
      var configuration = HTTPClient.Configuration(tlsConfiguration: tls, timeout: .init(connect: .seconds(30)))
      configuration.connectionPool = .init(
        idleTimeout: .seconds(60), concurrentHTTP1ConnectionsPerHostSoftLimit: connections)
      configuration.httpVersion = .http1Only
      return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func request(_ path: String, token: String, body: some Encodable) throws -> HTTPClientRequest {
      var request = HTTPClientRequest(url: url + path)
      request.method = .POST
      request.headers.add(name: "Authorization", value: "Bearer \(token)")
      request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
      return request
    }
  }

  /// Fills a store by `fill`, and starts a coordinator over it.
  func start(_ kind: Store, name: String, fill: (any FleetStore) async throws -> Void) async throws -> Running {
    let ports = try LoopbackPort.free(3)
    let place = folder.appending(path: name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var etcd: EtcdServer?
    let store: any FleetStore
    let choice: String
    switch kind {
    case .sqlite:
      store = try SQLiteFleetStore(path: place.appending(path: "fleet.db").path, deadline: .seconds(60))
      choice = "{sqlite: \(place.path)/fleet.db}"
    case .etcd:
      let server = EtcdServer(clientPort: ports[0], peerPort: ports[1], folder: place)
      try server.start()
      try await server.waitUntilUp()
      etcd = server
      store = try EtcdFleetStore(EtcdSettings(endpoints: [server.url], deadline: .seconds(60), patience: .seconds(20)))
      choice = "{etcd: {endpoints: [\"\(server.url)\"]}}"
    }
    try await Self.put([FleetKey.configuration: Array(Self.configuration.utf8)], into: store)
    try await fill(store)
    let authority = try TestAuthority(in: place)
    let own = try authority.issue("coordinator")
    let process = try CoordinatorProcess(
      program: coordinator, name: "coordinator", port: ports[2],
      settings: """
        apiVersion: coordinator/v1
        listen: "127.0.0.1:\(ports[2])"
        tls: {certificate: \(own.certificate), key: \(own.key), clientAuthorities: \(authority.certificate)}
        store: \(choice)
        limits: {perIdentity: 100000, connections: 20000}
        """, folder: place)
    try process.start()
    try await process.waitUntilUp()
    return Running(process: process, etcd: etcd, store: store, authority: authority)
  }

  static func node(_ number: Int, role: String? = nil) -> FleetNode {
    let usual = number % 100 == 0 ? "canary" : "rest"
    return FleetNode(
      name: "node-\(number)", labels: ["role": role ?? usual, "rack": "r\(number % 500)"],
      seen: Timestamp(secondsSinceEpoch: 1_772_409_600))
  }

  /// What such a node says of itself.
  static let summary = NodeSummary(
    gate: "0.1.0", distribution: "debian", release: "12", architecture: "amd64", kernel: "6.1.0-41-amd64",
    held: [
      NodeSummary.Held(
        source: "systemd", version: "252.39-1~deb12u1", verdict: "stage", message: "restarts systemd-networkd",
        since: Timestamp(secondsSinceEpoch: 1_772_409_600))
    ], owedRestarts: [], checkpoint: "node.example\n1000\n" + String(repeating: "a", count: 44) + "\n")

  static func put(_ records: [String: [UInt8]], into store: any FleetStore) async throws {
    let writes = records.map { StoreWrite.put(key: $0.key, bytes: $0.value) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for start in stride(from: 0, to: writes.count, by: StoreLimit.mostOperations) {
        let part = Array(writes[start..<min(writes.count, start + StoreLimit.mostOperations)])
        // So many at once that the store commits them together, and none waits for its deadline.
        if start / StoreLimit.mostOperations >= 64 { try await group.next() }
        group.addTask { _ = try await store.transact(StoreTransaction(writes: part)) }
      }
      try await group.waitForAll()
    }
  }

  /// Known nodes, with what they said of themselves.
  static func know(_ nodes: [FleetNode], in store: any FleetStore) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let summary = Array(try encoder.encode(summary))
    var records: [String: [UInt8]] = [:]
    for node in nodes {
      records[FleetKey.node(node.name)] = Array(try encoder.encode(node))
      records["summaries/\(node.name)"] = summary
    }
    try await put(records, into: store)
  }

  /// A token for each node.
  static func tokens(_ numbers: Range<Int>, in store: any FleetStore) async throws -> [String] {
    let now = Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970))
    let tokens = TokenStore(store)
    return try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in numbers {
        group.addTask {
          (number, try await tokens.create(name: "node-\(number)", roles: [.node], expires: nil, at: now).text)
        }
      }
      var texts = [String](repeating: "", count: numbers.count)
      for try await (number, text) in group { texts[number - numbers.lowerBound] = text }
      return texts
    }
  }
}
