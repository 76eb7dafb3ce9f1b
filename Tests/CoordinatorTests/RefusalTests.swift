import CoordinatorAPI
import FleetStore
import FleetSupport
import Foundation
import GateModel
import HTTPTypes
import Logging
import NetworkState
import NIOHTTP1
import Testing

@testable import Coordinator

/// Each endpoint refuses whom it does not know, logs it, and changes nothing.
@Suite struct RefusalTests {
  @Test func withoutCredentials() async throws {
    try await TestCoordinator.run { coordinator in
      for operation in try DocumentedOperation.all() where !operation.isOpen {
        coordinator.log.clear()
        let answer = try await coordinator.stranger.ask(operation)
        #expect(answer.status == 401 && answer.problem?.kind == .unauthenticated, "\(operation.name)")
        #expect(answer.headers["WWW-Authenticate"] == ["Bearer"])
        #expect(coordinator.log.all.contains { $0.contains("request refused") && $0.contains("kind=unauthenticated") })
      }
      // A path that does not exist is not told from one that does.
      #expect(try await coordinator.stranger.ask(.GET, "/v1/none").status == 401)
      #expect(try await coordinator.stranger.ask(.GET, "/").status == 401)
      #expect(try await coordinator.stranger.ask(.DELETE, "/healthz").status == 401)
      let health = try await coordinator.stranger.ask(.GET, "/healthz")
      #expect(health.status == 204 && health.body.isEmpty)
      #expect(try await coordinator.contents().isEmpty)
    }
  }

  private static let names: [Role: String] = [
    .node: "node-1", .viewer: "viewer", .operator: "operator-1", .approver: "approver-1", .auditor: "auditor",
    .publisher: "publisher",
  ]

  @Test func withTheWrongRole() async throws {
    try await TestCoordinator.run { coordinator in
      var clients = try Self.names.mapValues { try coordinator.client($0) }
      let nobody = try coordinator.client("nobody")
      var refused = 0
      for operation in try DocumentedOperation.all() where !operation.roles.isEmpty {
        let wrong = Role.allCases.filter { !operation.roles.contains($0) }
        for client in wrong.compactMap({ clients[$0] }) + [nobody] {
          coordinator.log.clear()
          let answer = try await client.ask(operation)
          #expect(answer.status == 403 && answer.problem?.kind == .forbidden, "\(operation.name)")
          #expect(coordinator.log.all.contains { $0.contains("request refused") && $0.contains("kind=forbidden") })
          refused += 1
        }
      }
      #expect(refused > 100)
      #expect(try await coordinator.contents().isEmpty)
      clients.removeAll()
    }
  }

  /// The same requests are no wrong ones: whoever may ask is not refused for who it is, nor for how it asks.
  @Test func withTheRightRole() async throws {
    try await TestCoordinator.run { coordinator in
      let clients = try Self.names.mapValues { try coordinator.client($0) }
      for operation in try DocumentedOperation.all() where !operation.isOpen {
        let roles = operation.roles.isEmpty ? Set(Role.allCases) : operation.roles
        for role in roles {
          let answer = try await #require(clients[role]).ask(operation)
          #expect(![401, 403, 405, 413].contains(answer.status) && answer.status < 500, "\(operation.name) \(role)")
        }
      }
    }
  }

  @Test func certificatesThatDoNotPass() async throws {
    try await TestCoordinator.run { coordinator in
      let expired = try coordinator.client("node-1", validFor: -60)
      await #expect(throws: (any Error).self) { try await expired.ask(.GET, "/v1/whoami") }
      let other = try TestAuthority("other", in: coordinator.folder)
      let foreign = TestClient(coordinator: coordinator, certificate: try other.issue("node-2"))
      await #expect(throws: (any Error).self) { try await foreign.ask(.GET, "/v1/whoami") }
      #expect(coordinator.log.all.filter { $0.contains("connection refused") }.count >= 2)
      // One that expires while the connection is open is refused by the next request.
      let soon = try coordinator.client("node-3", validFor: 3600)
      #expect(try await soon.ask(.GET, "/v1/whoami").status == 200)
      coordinator.clock.set(coordinator.clock.now.advanced(by: .seconds(7200)))
      for operation in try DocumentedOperation.all() where !operation.isOpen {
        coordinator.log.clear()
        let late = try await soon.ask(operation)
        #expect(late.status == 401 && late.problem?.kind == .unauthenticated, "\(operation.name)")
        #expect(coordinator.log.all.contains { $0.contains("kind=unauthenticated") })
      }
      #expect(try await coordinator.contents().isEmpty)
    }
  }

  @Test func tokens() async throws {
    try await TestCoordinator.run { coordinator in
      let tokens = TokenStore(coordinator.store)
      let now = coordinator.clock.now
      let (text, record) = try await tokens.create(
        name: "viewer-2", roles: [.viewer], expires: now.advanced(by: .seconds(100)), at: now)
      func ask(_ authorization: String, _ path: String = "/v1/rollouts") async throws -> TestClient.Answer {
        try await TestClient(coordinator: coordinator, authorization: authorization).ask(.GET, path)
      }
      #expect(try await ask("Bearer \(text)").status == 200)
      let basic = Data("anybody:\(text)".utf8).base64EncodedString()
      #expect(try await ask("Basic \(basic)").status == 200)
      #expect(try await ask("Bearer \(text)", "/v1/whoami").text.contains("viewer-2"))
      for bad in ["Bearer", "Bearer ", "Bearer \(text)0", "Bearer aptgate_", "Digest \(text)", "Basic %%%", text] {
        #expect(try await ask(bad).status == 401, "\(bad)")
      }
      // Nobody finds a token in the store or the log.
      #expect(
        try await coordinator.contents().allSatisfy { !String(decoding: $0.value.bytes, as: UTF8.self).contains(text) })
      #expect(!coordinator.log.all.contains { $0.contains(text) || $0.contains(basic) })

      coordinator.clock.set(now.advanced(by: .seconds(100)))
      #expect(try await ask("Bearer \(text)").status == 401)
      coordinator.clock.set(now)
      #expect(try await ask("Bearer \(text)").status == 200)
      #expect(try await tokens.revoke(id: record.id))
      #expect(try await ask("Bearer \(text)").status == 401)
      #expect(try await !tokens.revoke(id: record.id))
    }
  }

  @Test func bodiesThatAreTooLarge() async throws {
    try await TestCoordinator.run({ $0.limits.largestBody = 8192 }) { coordinator in
      let clients = try Self.names.mapValues { try coordinator.client($0) }
      var refused = 0
      for var operation in try DocumentedOperation.all() {
        guard let body = operation.body else { continue }
        coordinator.log.clear()
        operation.body = body + [UInt8](repeating: 0x20, count: 8192)
        let client = try #require(operation.roles.first.flatMap { clients[$0] })
        let answer = try await client.ask(operation)
        #expect(answer.status == 413 && answer.problem?.kind == .bodyTooLarge, "\(operation.name)")
        #expect(coordinator.log.all.contains { $0.contains("kind=body_too_large") })
        refused += 1
      }
      #expect(refused > 10)
      #expect(try await coordinator.contents().isEmpty)
      // A header that is too long never reaches a route.
      let long = ["X-Long": String(repeating: "a", count: 64 << 10)]
      let refusal = try? await #require(clients[.node]).ask(.GET, "/v1/whoami", headers: long)
      #expect(refusal?.status ?? 431 >= 400)
    }
  }

  @Test func tooOften() async throws {
    try await TestCoordinator.run({
      $0.limits.perIdentity = 0.01
      $0.limits.identityBurst = 3
      $0.limits.refusalsPerAddress = 0.01
      $0.limits.refusalBurst = 2
    }) { coordinator in
      let (one, two) = (try coordinator.client("viewer"), try coordinator.client("operator-1"))
      for _ in 0..<3 { #expect(try await one.ask(.GET, "/v1/whoami").status == 200) }
      let answer = try await one.ask(.GET, "/v1/whoami")
      #expect(answer.status == 429 && answer.headers["Retry-After"] == ["5"])
      #expect(try await two.ask(.GET, "/v1/whoami").status == 200, "others are not affected")
      // Guessing tokens is slowed down by address.
      var statuses: [Int] = []
      for _ in 0..<4 {
        let guess = TestClient(coordinator: coordinator, authorization: "Bearer aptgate_x")
        statuses.append(try await guess.ask(.GET, "/v1/whoami").status)
      }
      #expect(statuses == [401, 401, 429, 429])
    }
  }

  /// A caller who goes before the body has ended is no error of the coordinator's, and nothing to wake anybody for.
  @Test func callersWhoGo() async throws {
    try await TestCoordinator.run({ $0.plainLockClients = [IPPrefix("127.0.0.0/8")].compactMap { $0 } }, tls: false) {
      coordinator in
      let header = "POST /v1/pre-reboot HTTP/1.1\r\nHost: x\r\nfleet-lock-protocol: true\r\n"
      for rest in ["Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n10\r\n{"] {
        coordinator.log.clear()
        do {
          let connection = RawConnection(port: coordinator.port)
          #expect(connection.send(header + rest))
          try await Task.sleep(for: .milliseconds(200))
        }
        for _ in 0..<50 where !coordinator.log.all.contains(where: { $0.contains("kind=incomplete_body") }) {
          try await Task.sleep(for: .milliseconds(100))
        }
        let lines = coordinator.log.all
        #expect(
          lines.contains { $0.hasPrefix("info request refused") && $0.contains("kind=incomplete_body") }, "\(lines)")
        #expect(!lines.contains { $0.hasPrefix("error") || $0.contains("status=500") }, "\(lines)")
      }
      #expect(try await coordinator.contents().isEmpty)
    }
  }

  @Test func slowHeaders() async throws {
    try await TestCoordinator.run(
      {
        $0.limits.headerDeadline = .milliseconds(500)
        $0.limits.bodyDeadline = .milliseconds(500)
        $0.limits.idleDeadline = .seconds(1)
      }, tls: false
    ) { coordinator in
      // A byte now and then, which resets any timer of idleness.
      let header = RawConnection(port: coordinator.port)
      let time = await ContinuousClock().measure {
        for byte in "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: " + String(repeating: "a", count: 600) {
          guard header.send(String(byte)) else { break }
          try? await Task.sleep(for: .milliseconds(50))
        }
      }
      // All of it would take half a minute.
      #expect(header.isClosed && time < .seconds(15), "closed after \(time)")
      #expect(coordinator.log.all.contains { $0.contains("no end of a header") })

      // Which path it would be makes no difference.
      let operations = try DocumentedOperation.all()
      let slow = operations.map { operation in
        let connection = RawConnection(port: coordinator.port)
        _ = connection.send("\(operation.method.rawValue) \(operation.path) HTTP/1.1\r\nHost: x\r\nX-Slow: a")
        return connection
      }
      for _ in 0..<100 where !slow.allSatisfy(\.isClosed) { try await Task.sleep(for: .milliseconds(100)) }
      for (operation, connection) in zip(operations, slow) {
        #expect(connection.isClosed && !connection.received.hasPrefix("HTTP/1.1 2"), "\(operation.name)")
      }
      #expect(try await coordinator.contents().isEmpty)

      let body = RawConnection(port: coordinator.port)
      _ = body.send("POST /v1/pre-reboot HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
      try await Task.sleep(for: .milliseconds(3500))
      #expect(body.isClosed, "though it was refused before its body came")

      let idle = RawConnection(port: coordinator.port)
      _ = idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      // A machine that is busy is given its time.
      for _ in 0..<200 where !idle.isClosed && idle.received.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
      #expect(idle.received.hasPrefix("HTTP/1.1 204"))
      for _ in 0..<100 where !idle.isClosed { try await Task.sleep(for: .milliseconds(100)) }
      #expect(idle.isClosed)
    }
  }

  @Test func loopbackOnlyWithoutTLS() async throws {
    for host in ["0.0.0.0", "::", "198.51.100.7"] {
      var settings = CoordinatorSettings()
      settings.listen = ListenAddress(host: host, port: 0)
      #expect(settings.refusal != nil)
      let box = SettingsBox(settings)
      try await TestCoordinator.run { coordinator in
        let server = try CoordinatorServer(
          settings: box, store: coordinator.store, planReader: TestPlan.read, logger: .init(label: "x"),
          clock: { coordinator.clock.now })
        await #expect(throws: CoordinatorError.self) { try await server.run() }
      }
    }
  }
}
