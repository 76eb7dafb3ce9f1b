import CoordinatorAPI
import CoordinatorClient
import FleetSupport
import Foundation
import GateModel
import Testing

@testable import apt_gate

/// What `doctor` says of the policies that a node takes from its fleet.
@Suite(.enabled(if: geteuid() == 0, "what doctor looks at is root's alone")) struct BundleDoctorTests {
  /// A node that takes policies from a fleet; nobody is asked for them.
  private static func taker() throws -> FleetDoctorTests.Node {
    try FleetDoctorTests.Node(
      FleetDoctorTests.section(
        "fleet",
        [
          ("coordinator", "https://127.0.0.1:1"), ("tokenFile", "FOLDER/token"), ("policies", "FOLDER/policies"),
        ]) + ["  publishers:", "    - {name: release, key: \"\(PublisherKeyPair().publicText ?? "")\"}"])
  }

  private static func install(_ version: Int, on node: FleetDoctorTests.Node) throws {
    let place = node.folder + "/policies"
    try FileManager.default.createDirectory(atPath: "\(place)/v\(version)", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: "\(place)/current", withDestinationPath: "v\(version)")
  }

  @Test func theBundleThatVerifiedIsFine() async throws {
    let node = try Self.taker()
    defer { node.remove() }
    #expect(try await node.result(of: .bundle).findings == [], "none was published")
    try node.bundles { $0.version = 3 }
    try Self.install(3, on: node)
    let result = try await node.result(of: .bundle)
    #expect(result.findings == [] && result.skip == nil)
  }

  @Test(arguments: [(0, "the node's own policies alone decide"), (3, "version 3 stays in force")])
  func aRefusedBundleIsTold(before: Int, kept: String) async throws {
    let node = try Self.taker()
    defer { node.remove() }
    try node.bundles {
      $0.version = before
      $0.refusal = .init(version: 4, reason: "nobody here trusts `eve`", since: Timestamp(secondsSinceEpoch: 0))
    }
    if before > 0 { try Self.install(before, on: node) }
    let result = try await node.result(of: .bundle)
    FleetDoctorTests.expect(result, .risk, "version 4 of the fleet's policies is refused", remedy: "fleet bundle show")
    #expect(result.findings.first?.what.hasSuffix("nobody here trusts `eve`") == true)
    #expect(result.findings.count == 1 && result.findings[0].why.contains(kept))
  }

  @Test(arguments: [nil, 2]) func aBundleThatIsNotInForceIsTold(there: Int?) async throws {
    let node = try Self.taker()
    defer { node.remove() }
    try node.bundles { $0.version = 3 }
    if let there { try Self.install(there, on: node) }
    FleetDoctorTests.expect(
      try await node.result(of: .bundle), .broken, there.map { "has version \($0)" } ?? "has none",
      remedy: "`apt-gate fleet check-in`")
  }

  /// What cannot be read is a finding, and no crash.
  @Test func aMemoryThatCannotBeReadIsTold() async throws {
    let node = try Self.taker()
    defer { node.remove() }
    try "{".write(toFile: node.state + "/policy-bundle.json", atomically: true, encoding: .utf8)
    #expect(try await node.result(of: .bundle).findings.map(\.severity) == [.broken])
  }
}
