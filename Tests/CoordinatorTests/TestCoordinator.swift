import CoordinatorAPI
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import Logging
import ServiceLifecycle

@testable import Coordinator

/// A coordinator on loopback, over SQLite, with an authority of its own.
final class TestCoordinator: Sendable {
  let folder: URL
  let authority: TestAuthority
  let store: SQLiteFleetStore
  let settings: SettingsBox
  let log = LogLines()
  let clock = TestClock()
  let port: Int
  let routes: [Route]
  /// Does what time does, once.
  let sweep: (@Sendable (Timestamp) async throws -> Void)?
  private let group: ServiceGroup
  private let running: Task<Void, any Error>

  /// Runs one for the length of `body`.
  static func run<Result: Sendable>(
    _ change: (inout CoordinatorSettings) -> Void = { _ in }, tls: Bool = true,
    _ body: @Sendable (TestCoordinator) async throws -> Result
  ) async throws -> Result {
    let coordinator = try await TestCoordinator(change, tls: tls)
    do {
      let result = try await body(coordinator)
      try await coordinator.stop()
      return result
    } catch {
      try? await coordinator.stop()
      throw error
    }
  }

  private init(_ change: (inout CoordinatorSettings) -> Void, tls: Bool) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("coordinator-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    authority = try TestAuthority(in: folder)
    let store = try SQLiteFleetStore(path: folder.appendingPathComponent("fleet.db").path)
    self.store = store
    var settings = Self.usual
    if tls {
      let own = try authority.issue("coordinator")
      settings.tls = ServerCertificates(
        certificate: own.certificate, key: own.key, clientAuthorities: authority.certificate)
    }
    change(&settings)
    self.settings = SettingsBox(settings)
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let (log, clock) = (log, clock)
    var logger = Logger(label: "test") { _ in LogLines.Handler(log) }
    logger.logLevel = .debug
    let server = try CoordinatorServer(
      settings: self.settings, store: store, planReader: TestPlan.read, logger: logger, clock: { clock.now },
      onListening: {
        found.yield($0)
        found.finish()
      })
    routes = server.routes
    sweep = { [fleet = server.fleet] in try await fleet.sweep(at: $0) }
    let quiet = Logger(label: "group") { _ in SwiftLogNoOpLogHandler() }
    let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: quiet))
    self.group = group
    let running = Task {
      defer { found.finish() }
      try await group.run()
    }
    self.running = running
    var port: Int?
    for await one in ports { port = one }
    guard let port else {
      try await running.value
      throw ProcessProblem("the coordinator did not start")
    }
    self.port = port
  }

  private static var usual: CoordinatorSettings {
    var settings = CoordinatorSettings()
    settings.listen = ListenAddress(host: "127.0.0.1", port: 0)
    settings.identities = [
      IdentityRule(name: Glob("node-*"), roles: [.node]), IdentityRule(name: Glob("viewer"), roles: [.viewer]),
      IdentityRule(name: Glob("operator*"), roles: [.operator]), IdentityRule(name: Glob("auditor"), roles: [.auditor]),
      IdentityRule(name: Glob("approver*"), roles: [.approver]),
      IdentityRule(name: Glob("publisher"), roles: [.publisher]),
    ]
    settings.lockGroups = ["default": LockGroupPlan(slots: 1, deadline: .seconds(600))]
    settings.limits.refusalBurst = 10_000
    settings.limits.identityBurst = 10_000
    return settings
  }

  private func stop() async throws {
    await group.triggerGracefulShutdown()
    try await running.value
    try? FileManager.default.removeItem(at: folder)
  }

  /// What the store holds, whole.
  func contents() async throws -> [StoredEntry] { try await store.range("", after: nil, limit: 1000).entries }

  /// A client without credentials.
  var stranger: TestClient { TestClient(coordinator: self) }

  /// A client with a certificate for `name`.
  func client(_ name: String, validFor: TimeInterval = 3600) throws -> TestClient {
    let file = "\(name)-\(UUID().uuidString)"
    return TestClient(coordinator: self, certificate: try authority.issue(name, validFor: validFor, file: file))
  }
}
