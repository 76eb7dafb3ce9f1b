import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetSupport
import Foundation
import NIOHTTP1
import Testing

/// Every rule of FleetLock, with stock `curl` and with our own client, against the coordinator over HTTPS.
///
/// Source: the FleetLock protocol as Zincati and airlock speak it. What ours adds (deadlines, owners, an operator's
/// release, settings that take effect) is in ``FleetLockTests``.
@Suite struct FleetLockConformanceTests {
  private static let paths = ["/v1/pre-reboot", "/v1/steady-state"]

  private static func body(_ id: String, _ group: String = "default") -> String {
    #"{"client_params":{"id":"\#(id)","group":"\#(group)"}}"#
  }

  @Test func slotsAreTakenKeptAndGivenBack() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try Curl(coordinator, "node-1"), try Curl(coordinator, "node-2"))
      for _ in 0..<2 {
        #expect(try await one.post("/v1/pre-reboot", Self.body("aa")).status == 200, "who has a slot keeps it")
      }
      let full = try await two.post("/v1/pre-reboot", Self.body("bb"))
      #expect(full.isProblem && full.status == 423, "\(full)")
      #expect(try await two.post("/v1/steady-state", Self.body("bb")).status == 200, "it has none to give back")
      for _ in 0..<2 { #expect(try await one.post("/v1/steady-state", Self.body("aa")).status == 200) }
      #expect(try await two.post("/v1/pre-reboot", Self.body("bb")).status == 200)
    }
  }

  @Test func theContentTypeIsNotAskedFor() async throws {
    try await TestCoordinator.run { coordinator in
      let curl = try Curl(coordinator, "node-1")
      for type in ["Content-Type:", "Content-Type: application/json", "Content-Type: text/plain"] {
        for path in Self.paths {
          #expect(try await curl.post(path, Self.body("aa"), ["-H", type]).status == 200, "\(type) \(path)")
        }
      }
    }
  }

  @Test func whatIsNoRequestIsRefused() async throws {
    let bodies = [
      "", "{", "[]", "{}", #"{"client_params":{}}"#, #"{"client_params":{"id":"aa"}}"#, Self.body("", "default"),
      Self.body("aa", ""), Self.body("aa", "a b"), Self.body("aa", "a/b"), Self.body("aa", "gr\u{fc}n"),
      Self.body("aa", "unknown"),
    ]
    try await TestCoordinator.run { coordinator in
      let curl = try Curl(coordinator, "node-1")
      for path in Self.paths {
        for body in bodies {
          let answer = try await curl.post(path, body)
          #expect(answer.status == 400 && answer.isProblem, "\(path) \(body): \(answer)")
        }
        let bare = try await curl.ask(path, ["-X", "POST", "--data", Self.body("aa")])
        #expect(bare.status == 400 && bare.isProblem, "without the protocol's header: \(bare)")
        let got = try await curl.ask(path, ["-H", "fleet-lock-protocol: true"])
        #expect(got.status == 405 && got.isProblem, "\(got)")
      }
      #expect(try await coordinator.contents().isEmpty, "nothing was locked")
    }
  }

  /// Groups of every letter that the protocol allows.
  @Test func groupsAreThoseThatAreConfigured() async throws {
    let groups = ["default", "a", "Z-9", "rack.1", "A.b-C.0"]
    try await TestCoordinator.run({ settings in
      for group in groups { settings.lockGroups[group] = LockGroupPlan(slots: 1) }
    }) { coordinator in
      let (one, two) = (try Curl(coordinator, "node-1"), try Curl(coordinator, "node-2"))
      let id = String(repeating: "0123456789abcdef", count: 2)
      for group in groups {
        #expect(try await one.post("/v1/pre-reboot", Self.body(id, group)).status == 200, "\(group)")
        #expect(try await two.post("/v1/pre-reboot", Self.body("bb", group)).status == 423, "\(group)")
      }
    }
  }

  @Test func ourClientFollowsTheSameRules() async throws {
    try await TestCoordinator.run { coordinator in
      let (first, second) = (try Self.client(coordinator, "node-1"), try Self.client(coordinator, "node-2"))
      let (one, two) = (try FleetLockClient(first, id: "aa"), try FleetLockClient(second, id: "bb"))
      for _ in 0..<2 { try await one.lock(within: .seconds(20)) }
      let refused = await #expect(throws: CoordinatorClientError.self) { try await two.lock(within: .seconds(20)) }
      guard case .refused(let status, _)? = refused?.code else { throw ProcessFailure("\(refused as Any)") }
      #expect(status == 423)
      try await two.unlock(within: .seconds(20))
      // It waits for its turn, and gets it.
      async let turn: Void = two.lock(waiting: .seconds(60))
      try await Task.sleep(for: .milliseconds(200))
      for _ in 0..<2 { try await one.unlock(within: .seconds(20)) }
      try await turn
      #expect(try await coordinator.client("viewer").ask(.GET, "/v1/fleetlock").text.contains(#""id":"bb""#))
      for (id, group) in [("", "default"), ("aa", ""), ("aa", "a b")] {
        #expect(throws: APIProblem.self) { try FleetLockClient(first, id: id, group: group) }
      }
      await first.close()
      await second.close()
    }
  }

  private static func client(_ coordinator: TestCoordinator, _ name: String) throws -> CoordinatorClient {
    let files = try coordinator.authority.issue(name)
    return try CoordinatorClient(
      CoordinatorAddress(
        url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: coordinator.authority.certificate,
        certificate: files.certificate, key: files.key))
  }
}

private struct ProcessFailure: Error {
  var text: String
  init(_ text: String) { self.text = text }
}

/// `curl` with a node's certificate.
private struct Curl {
  struct Answer {
    var status: Int
    var body: String

    /// A problem as the protocol has it: both members are text, and the kind can be a metric's label.
    var isProblem: Bool {
      let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
      guard let kind = object?["kind"] as? String, let value = object?["value"] as? String else { return false }
      return !value.isEmpty && kind.wholeMatch(of: /[a-z][a-z_]*/) != nil
    }
  }

  private let base: String
  private let identity: [String]

  init(_ coordinator: TestCoordinator, _ name: String) throws {
    let files = try coordinator.authority.issue(name, file: "\(name)-\(UUID().uuidString)")
    base = "https://127.0.0.1:\(coordinator.port)"
    identity = ["--cacert", coordinator.authority.certificate, "--cert", files.certificate, "--key", files.key]
  }

  func post(_ path: String, _ body: String, _ more: [String] = []) async throws -> Answer {
    try await ask(path, ["-X", "POST", "-H", "fleet-lock-protocol: true", "--data-binary", body] + more)
  }

  func ask(_ path: String, _ options: [String]) async throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/curl")
    process.arguments = ["--silent", "--max-time", "30", "-w", "\n%{http_code}"] + identity + options + [base + path]
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    // Nothing is waited for on a thread that the coordinator needs.
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    guard status == 0 else { throw ProcessFailure("curl ended with status \(status)") }
    let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let code = parts.last.flatMap({ Int($0) }) else { throw ProcessFailure("curl said `\(text)`") }
    return Answer(status: code, body: parts.dropLast().joined(separator: "\n"))
  }
}
