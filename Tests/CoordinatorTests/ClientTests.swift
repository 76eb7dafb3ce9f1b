import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetSupport
import Foundation
import Testing

/// The client itself: whom it trusts, when it gives up, what it asks again.
@Suite struct ClientTests {
  @Test func pinnedAuthority() async throws {
    try await TestCoordinator.run { coordinator in
      let files = try coordinator.authority.issue("node-1")
      let url = "https://127.0.0.1:\(coordinator.port)"
      let right = try CoordinatorClient(
        CoordinatorAddress(
          url: url + "/", trustedCertificates: coordinator.authority.certificate, certificate: files.certificate,
          key: files.key))
      _ = try await right.checkIn(CheckInRequest(labels: ["role": "canary"]), within: .seconds(20))
      // An authority of the same name with another key, and the system's, are not trusted.
      let impostor = try TestAuthority("impostor", in: coordinator.folder)
      for trusted in [impostor.certificate, nil] {
        let wrong = try CoordinatorClient(
          CoordinatorAddress(url: url, trustedCertificates: trusted, certificate: files.certificate, key: files.key))
        let error = await #expect(throws: CoordinatorClientError.self) {
          try await wrong.checkIn(CheckInRequest(labels: [:]), within: .seconds(2))
        }
        #expect(error?.code == .unreachable)
        await wrong.close()
      }
      await right.close()
    }
  }

  @Test func deadlines() async throws {
    // Nobody answers on one port; on the other somebody takes connections and says nothing.
    let ports = try LoopbackPort.free(1)
    let silent = try SilentServer()
    for port in [ports[0], silent.port] {
      let client = try CoordinatorClient(CoordinatorAddress(url: "http://127.0.0.1:\(port)"))
      let time = await ContinuousClock().measure {
        let error = await #expect(throws: CoordinatorClientError.self) {
          try await client.checkIn(CheckInRequest(labels: [:]), within: .milliseconds(800))
        }
        #expect(error?.code == .unreachable)
      }
      #expect(time < .seconds(10), "gave up after \(time)")
      await client.close()
    }
  }

  @Test func files() throws {
    for address in [
      CoordinatorAddress(url: "https://127.0.0.1:1", tokenFile: "/nonexistent"),
      CoordinatorAddress(url: "https://127.0.0.1:1", trustedCertificates: "/nonexistent"),
      CoordinatorAddress(url: "https://127.0.0.1:1", certificate: "/nonexistent", key: "/nonexistent"),
    ] {
      let error = #expect(throws: CoordinatorClientError.self) { try CoordinatorClient(address) }
      #expect(error?.code == .configuration)
    }
  }

  @Test func fleetLock() async throws {
    try await TestCoordinator.run { coordinator in
      let clients = try ["node-1", "node-2"].map { name in
        let files = try coordinator.authority.issue(name)
        return try CoordinatorClient(
          CoordinatorAddress(
            url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: coordinator.authority.certificate,
            certificate: files.certificate, key: files.key))
      }
      let (one, two) = (try FleetLockClient(clients[0], id: "aa"), try FleetLockClient(clients[1], id: "bb"))
      try await one.lock(within: .seconds(20))
      try await one.lock(within: .seconds(20))
      await #expect(throws: CoordinatorClientError.self) { try await two.lock(within: .seconds(20)) }
      async let waited: Void = two.lock(waiting: .seconds(30))
      try await Task.sleep(for: .milliseconds(300))
      try await one.unlock(within: .seconds(20))
      try await waited
      try await two.unlock(within: .seconds(20))
      try await two.unlock(within: .seconds(20))
      #expect(throws: APIProblem.self) { try FleetLockClient(clients[0], id: "aa", group: "a b") }
      for client in clients { await client.close() }
    }
  }
}
