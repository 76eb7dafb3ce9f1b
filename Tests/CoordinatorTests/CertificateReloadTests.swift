import FleetSupport
import Foundation
import NIOHTTP1
import Testing

@testable import Coordinator

/// Certificates are replaced while the coordinator runs.
@Suite struct CertificateReloadTests {
  /// Whether `client` takes the certificate that the server shows now.
  private static func isTrusted(_ coordinator: TestCoordinator, by client: TestClient) async -> Bool {
    (try? await client.ask(.GET, "/healthz").status) == 204
  }

  private static func wait(_ coordinator: TestCoordinator, for line: String) async throws {
    for _ in 0..<300 {
      if coordinator.log.all.contains(where: { $0.contains(line) }) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record("never logged: \(line)")
  }

  @Test func replacedFilesAreTaken() async throws {
    try await TestCoordinator.run { coordinator in
      let client = coordinator.stranger
      #expect(await Self.isTrusted(coordinator, by: client))
      let files = try #require(coordinator.settings.current.tls)

      // Half of a pair: what was in force stays, and the log says so.
      let strangers = try TestAuthority("strangers", in: coordinator.folder)
      let theirs = try strangers.issue("theirs")
      try String(contentsOfFile: theirs.certificate, encoding: .utf8)
        .write(toFile: files.certificate, atomically: true, encoding: .utf8)
      try await Self.wait(coordinator, for: "certificates not taken")
      #expect(await Self.isTrusted(coordinator, by: client))

      // The other half: a certificate that the client does not trust.
      coordinator.log.clear()
      try String(contentsOfFile: theirs.key, encoding: .utf8)
        .write(toFile: files.key, atomically: true, encoding: .utf8)
      try await Self.wait(coordinator, for: "certificates read again")
      #expect(await !Self.isTrusted(coordinator, by: client))

      // Other names of files, as after SIGHUP.
      coordinator.log.clear()
      let fresh = try coordinator.authority.issue("fresh")
      var settings = coordinator.settings.current
      settings.tls = ServerCertificates(
        certificate: fresh.certificate, key: fresh.key, clientAuthorities: strangers.certificate)
      coordinator.settings.replace(with: settings)
      try await Self.wait(coordinator, for: "certificates read again")
      #expect(await Self.isTrusted(coordinator, by: client))
      // Client authorities, too: those of before are no more.
      let known = try coordinator.client("viewer")
      #expect((try? await known.ask(.GET, "/v1/whoami").status) != 200)
    }
  }
}
