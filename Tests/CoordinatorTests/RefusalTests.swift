import CoordinatorAPI
import FleetStore
import FleetSupport
import Foundation
import GateModel
import HTTPTypes
import Logging
import NIOHTTP1
import Testing

@testable import Coordinator

/// Each endpoint refuses whom it does not know, logs it, and changes nothing.
@Suite struct RefusalTests {
  /// Every operation, with parameters that exist or could.
  private static func operations(_ coordinator: TestCoordinator) -> [(route: Route, method: HTTPMethod, path: String)] {
    coordinator.routes.map { route in
      let path = route.path.replacing("{rollout}", with: "systemd=252.39-1~deb12u1").replacing("{node}", with: "node-1")
        .replacing("{group}", with: "default").replacing("{id}", with: "aa")
      return (route, HTTPMethod(rawValue: route.method.rawValue), path)
    }
  }

  @Test func withoutCredentials() async throws {
    try await TestCoordinator.run { coordinator in
      for (route, method, path) in Self.operations(coordinator) where route.access != .open {
        coordinator.log.clear()
        let answer = try await coordinator.stranger.ask(method, path, body: Array("{}".utf8))
        #expect(answer.status == 401 && answer.problem?.kind == .unauthenticated, "\(route.name)")
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

  @Test func withTheWrongRole() async throws {
    let names: [Role: String] = [
      .node: "node-1", .viewer: "viewer", .operator: "operator-1", .approver: "approver-1", .auditor: "auditor",
      .publisher: "publisher",
    ]
    try await TestCoordinator.run { coordinator in
      var clients = try names.mapValues { try coordinator.client($0) }
      let nobody = try coordinator.client("nobody")
      var refused = 0
      for (route, method, path) in Self.operations(coordinator) {
        guard route.access != .open, route.access != .identified else { continue }
        let wrong = Role.allCases.filter { !route.access.allows(Identity(name: "x", roles: [$0])) }
        for client in wrong.compactMap({ clients[$0] }) + [nobody] {
          coordinator.log.clear()
          let answer = try await client.ask(method, path, body: Array("{}".utf8))
          #expect(answer.status == 403 && answer.problem?.kind == .forbidden, "\(route.name)")
          #expect(coordinator.log.all.contains { $0.contains("request refused") && $0.contains("kind=forbidden") })
          refused += 1
        }
      }
      #expect(refused > 100)
      #expect(try await coordinator.contents().isEmpty)
      clients.removeAll()
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
      let late = try await soon.ask(.GET, "/v1/whoami")
      #expect(late.status == 401 && late.problem?.kind == .unauthenticated)
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
      let client = try coordinator.client("node-1")
      let body = Array(#"{"client_params":{"id":"aa","group":"default"}}"#.utf8) + [UInt8](repeating: 0x20, count: 8192)
      let answer = try await client.ask(.POST, "/v1/pre-reboot", headers: ["fleet-lock-protocol": "true"], body: body)
      #expect(answer.status == 413 && answer.problem?.kind == .bodyTooLarge)
      #expect(coordinator.log.all.contains { $0.contains("kind=body_too_large") })
      #expect(try await coordinator.contents().isEmpty)
      // A header that is too long never reaches a route.
      let long = ["X-Long": String(repeating: "a", count: 64 << 10)]
      let refused = try? await client.ask(.GET, "/v1/whoami", headers: long)
      #expect(refused?.status ?? 431 >= 400)
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
        for byte in "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
          guard header.send(String(byte)) else { break }
          try? await Task.sleep(for: .milliseconds(50))
        }
      }
      #expect(header.isClosed && time < .seconds(3), "closed after \(time)")
      #expect(coordinator.log.all.contains { $0.contains("no end of a header") })

      let body = RawConnection(port: coordinator.port)
      _ = body.send("POST /v1/pre-reboot HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
      try await Task.sleep(for: .milliseconds(3500))
      #expect(body.isClosed, "though it was refused before its body came")

      let idle = RawConnection(port: coordinator.port)
      _ = idle.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      try await Task.sleep(for: .milliseconds(300))
      #expect(!idle.isClosed && idle.received.hasPrefix("HTTP/1.1 204"))
      try await Task.sleep(for: .milliseconds(2000))
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
