import Coordinator
import CoordinatorAPI
import CoordinatorClient
import Documents
import FleetSupport
import Foundation
import GateConfiguration
import GateModel
import Ledger
import LedgerLog
import NIOHTTP1
import Testing

@testable import apt_gate

private let isRoot = geteuid() == 0

/// The fleet's policies as a node takes them: whatever is wrong with a bundle, the policies stay those before.
@Suite struct NodeBundleTests {
  private static let release = PublisherKeyPair()
  private static let stranger = PublisherKeyPair()

  private static func policy(_ message: String) -> String {
    """
    apiVersion: apt-gate/v1
    name: from-the-fleet
    rules:
      - id: from-the-fleet
        match: {source: foo}
        effect: allow
        message: \(message)

    """
  }

  private static func signed(
    _ version: Int, _ message: String = "hello", by pair: PublisherKeyPair = release, path: String = "site/policy.yaml",
    text: String? = nil
  ) throws -> SignedPolicyBundle {
    let file = PolicyBundle.File(path: path, text: text ?? policy(message))
    let bundle = PolicyBundle(version: version, created: Timestamp(secondsSinceEpoch: 0), files: [file])
    return try SignedPolicyBundle(bundle, by: "release", key: pair.privateKey)
  }

  /// A node with a state of its own.
  private struct Node {
    let folder = FileManager.default.temporaryDirectory.appending(path: "node-bundle-\(UUID().uuidString)")
    var settings = GateSettings()

    init(_ url: String = "https://127.0.0.1:1") throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      settings.state = folder.path + "/state"
      settings.policies = ["/nonexistent"]
      var fleet = FleetMembership(coordinator: url)
      fleet.publishers = ["release": NodeBundleTests.release.publicText ?? ""]
      fleet.policies = folder.path + "/policies"
      fleet.deadline = .seconds(20)
      settings.fleet = fleet
      _ = try NodeLedger.open(state: settings.state, node: "node-1")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func policies() throws -> FleetPolicies {
      FleetPolicies(fleet: try #require(settings.fleet), settings: settings, hostname: "node-1")
    }

    func memory() throws -> BundleMemory { try BundleMemoryFile(state: settings.state).memory() }

    /// The message in force, as the policies that are read say it.
    func inForce() throws -> String? {
      try? PolicyFolders(folders: settings.foldersInForce, mayBeMissing: true).sources().first?.text
        .split(separator: "\n").first { $0.contains("message: ") }.map { String($0.split(separator: " ")[1]) }
    }

    func records() throws -> [PolicyBundleRecord] {
      try NodeLedger.read(state: settings.state).entries().compactMap { entry in
        if case .policyBundle(let record) = entry.body { record } else { nil }
      }
    }
  }

  @Test func installsAndNeverGoesBack() throws {
    let node = try Node()
    defer { node.remove() }
    let policies = try node.policies()
    #expect(try policies.take(Self.signed(2, "two"), offered: 2) == .installed(2))
    #expect(try node.inForce() == "two")
    #expect(try policies.take(Self.signed(5, "five"), offered: 5) == .installed(5))
    #expect(try node.inForce() == "five")
    // Older than what was in force; the same version with something else in it.
    for (bundle, word) in [
      (try Self.signed(4, "four"), "older than 5"), (try Self.signed(5, "other"), "another bundle"),
    ] {
      guard case .refused(let reason) = try policies.take(bundle, offered: 5) else {
        Issue.record("it was taken")
        continue
      }
      #expect(reason.contains(word))
      #expect(try node.inForce() == "five")
    }
    // A coordinator that was reset says so without showing anything.
    #expect(try policies.follow(offered: 1) == .refused("version 1 is older than 5, which was in force before"))
    #expect(try node.memory().refusal?.version == 1)
    // Lost from the disk it comes back, and nothing older does.
    try FileManager.default.removeItem(atPath: try #require(node.settings.fleet).policies)
    #expect(try node.inForce() == nil)
    #expect(try policies.take(Self.signed(5, "five"), offered: 5) == .installed(5))
    #expect(try node.inForce() == "five")
    #expect(try node.memory().refusal == nil)
    #expect(try node.records().filter { $0.result == .installed }.map(\.version) == [2, 5, 5])
    #expect(try NodeLedger.read(state: node.settings.state).verify().findings == [])
  }

  @Test func whatIsRefused() throws {
    let node = try Node()
    defer { node.remove() }
    let policies = try node.policies()
    #expect(try policies.take(Self.signed(1, "one"), offered: 1) == .installed(1))
    var edited = try Self.signed(2, "good")
    edited.payload = Array(String(decoding: edited.payload, as: UTF8.self).replacing("good", with: "evil").utf8)
    var renamed = try Self.signed(2)
    renamed.signer = "nobody"
    let cases: [(String, SignedPolicyBundle, String)] = [
      ("wrong key", try Self.signed(2, by: Self.stranger), "the signature is not that of"),
      ("edited", edited, "the signature is not that of"),
      ("unknown publisher", renamed, "nobody here trusts"),
      ("leads out", try Self.signed(2, path: "../policy.yaml"), "lead out of the folder"),
      ("broken YAML", try Self.signed(2, text: "rules: ["), "its policies are broken: site/policy.yaml:"),
      ("unknown effect", try Self.signed(2, text: Self.policy("x").replacing("allow", with: "alow")), "are broken"),
      ("too large", try Self.signed(2, text: String(repeating: "#", count: 600_000)), "bytes"),
      ("no policy", try Self.signed(2, path: "site/README"), "cannot be read"),
    ]
    for (name, bundle, words) in cases {
      for _ in 0..<2 {
        guard case .refused(let reason) = try policies.take(bundle, offered: 2) else {
          Issue.record("\(name): it was taken")
          continue
        }
        #expect(reason.contains(words), "\(name): \(reason)")
      }
      #expect(try node.inForce() == "one", "\(name)")
      #expect(try node.memory().version == 1, "\(name)")
      #expect(try node.memory().refusal?.reason.contains(words) == true, "\(name)")
    }
    // Each once, however often it is offered.
    let refused = try node.records().filter { $0.result == .refused }
    #expect(refused.count == cases.count - 1, "\(refused.map(\.message))")
    let left = try FileManager.default.contentsOfDirectory(atPath: try #require(node.settings.fleet).policies)
    #expect(left.sorted() == ["current", "v1"])
  }

  /// Nobody knows what must not come back, so nothing comes.
  @Test func aBrokenMemory() throws {
    let node = try Node()
    defer { node.remove() }
    #expect(try node.policies().take(Self.signed(3, "three"), offered: 3) == .installed(3))
    try "{".write(toFile: node.settings.state + "/policy-bundle.json", atomically: true, encoding: .utf8)
    #expect(throws: CoordinatorClientError.self) { try node.policies().take(Self.signed(4), offered: 4) }
    #expect(try node.inForce() == "three")
  }

  @Test(.enabled(if: isRoot, "file systems can be mounted by root only")) func aFullDisk() throws {
    let node = try Node()
    let path = try #require(node.settings.fleet).policies
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(try Self.run("mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "tmpfs", path) == 0)
    defer {
      _ = try? Self.run("umount", path)
      node.remove()
    }
    #expect(try node.policies().take(Self.signed(1, "one"), offered: 1) == .installed(1))
    let large = Self.policy("large") + String(repeating: "# filling\n", count: 20_000)
    #expect(throws: CommandFailure.self) { try node.policies().take(Self.signed(2, text: large), offered: 2) }
    #expect(try node.inForce() == "one")
    #expect(try node.memory().version == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["current", "v1"])
    #expect(try node.policies().take(Self.signed(2, "two"), offered: 2) == .installed(2))
    #expect(try node.inForce() == "two")
  }

  private static func run(_ words: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Off the threads that asynchronous work needs.
  private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }

  @Test func fromACoordinator() async throws {
    let key = Self.release.publicText ?? ""
    try await TestCoordinator.run({
      $0.publishers = [PublisherKey(name: "release", key: PolicyBundle.keys(["release": key])["release"] ?? [])]
    }) { coordinator in
      let files = try coordinator.authority.issue("node-1")
      var node = try Node("https://127.0.0.1:\(coordinator.port)")
      defer { node.remove() }
      node.settings.fleet?.credentials.trustedCertificates = coordinator.authority.certificate
      node.settings.fleet?.credentials.certificate = files.certificate
      node.settings.fleet?.credentials.key = files.key
      let policies = try node.policies()
      let publisher = try coordinator.client("publisher")
      let client = try CoordinatorClient(policies.fleet.address)
      #expect(try await client.checkIn(CheckInRequest(labels: [:]), within: .seconds(20)).policyBundle == nil)
      for version in [3, 4] {
        let body = try Self.signed(version, "v\(version)").json
        #expect(try await publisher.ask(.PUT, "/v1/policy-bundle", body: body).status == 204)
        let answer = try await client.checkIn(CheckInRequest(labels: [:]), within: .seconds(20))
        #expect(answer.policyBundle == version)
        let outcome = try await Self.onThread { try policies.follow(offered: answer.policyBundle) }
        #expect(outcome == .installed(version))
        #expect(try node.inForce() == "v\(version)")
        #expect(try await Self.onThread { try policies.follow(offered: version) } == .unchanged)
      }
      await client.close()
    }
  }

  @Test func answersThatAreNone() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    let large = String(repeating: " ", count: SignedPolicyBundle.largest + 1)
    let answers: [(String, String, String?)] = [
      ("cut off", head + "Content-Length: 1000\r\n\r\n{\"payload\":", nil),
      ("too large", head + "Content-Length: \(large.utf8.count)\r\n\r\n" + large, "has over"),
      ("no bundle", head + "Content-Length: 2\r\n\r\n{}", "cannot be read"),
    ]
    for (name, answer, words) in answers {
      let server = try OneAnswerServer(answer)
      var node = try Node("http://127.0.0.1:\(server.port)")
      defer { node.remove() }
      node.settings.fleet?.deadline = .seconds(3)
      let policies = try node.policies()
      #expect(try policies.take(Self.signed(1, "one"), offered: 1) == .installed(1))
      do {
        let outcome = try await Self.onThread { try policies.follow(offered: 2) }
        guard case .refused(let reason) = outcome else {
          Issue.record("\(name): it was taken")
          continue
        }
        #expect(words.map { reason.contains($0) } == true, "\(name): \(reason)")
      } catch {
        #expect(words == nil, "\(name): \(error)")
      }
      #expect(try node.inForce() == "one", "\(name)")
      #expect(try node.memory().version == 1, "\(name)")
    }
  }
}
