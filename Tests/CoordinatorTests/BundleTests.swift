import CoordinatorAPI
import Crypto
import Foundation
import GateModel
import NIOHTTP1
import Testing

@testable import Coordinator

/// Policies for the fleet: signed, versioned, never backwards.
@Suite struct BundleTests {
  private static let key = Curve25519.Signing.PrivateKey()
  private static let trusted = ["release": Array(key.publicKey.rawRepresentation)]

  private static func signed(
    _ version: Int, by signer: String = "release", text: String = "rules"
  ) throws -> SignedPolicyBundle {
    let file = PolicyBundle.File(path: "site/policy.yaml", text: text)
    let bundle = PolicyBundle(version: version, created: Timestamp(secondsSinceEpoch: 0), files: [file])
    return try SignedPolicyBundle(bundle, by: signer, key: Array(key.rawRepresentation))
  }

  private static func put(_ client: TestClient, _ bundle: SignedPolicyBundle) async throws -> TestClient.Answer {
    try await client.ask(.PUT, "/v1/policy-bundle", body: Array(try JSONEncoder().encode(bundle)))
  }

  @Test func neverBackwards() async throws {
    try await TestCoordinator.run({
      $0.publishers = [PublisherKey(name: "release", key: Self.trusted["release"] ?? [])]
    }) { coordinator in
      let (publisher, node) = (try coordinator.client("publisher"), try coordinator.client("node-1"))
      #expect(try await node.ask(.GET, "/v1/policy-bundle").status == 404)
      #expect(try await Self.put(publisher, Self.signed(2)).status == 204)
      #expect(try await Self.put(publisher, Self.signed(2)).status == 204, "the same one again")
      // An older one, and another one of the same version.
      #expect(try await Self.put(publisher, Self.signed(1)).status == 409)
      #expect(try await Self.put(publisher, Self.signed(2, text: "other")).status == 409)
      #expect(try await Self.put(publisher, Self.signed(3)).status == 204)
      let served: SignedPolicyBundle = try await node.ask(.GET, "/v1/policy-bundle").json()
      #expect(try served.verified(by: Self.trusted).version == 3)
      #expect(try await Self.put(publisher, Self.signed(4, by: "stranger")).status == 409)
    }
  }

  @Test func whatWasChanged() throws {
    let signed = try Self.signed(1)
    #expect(try signed.verified(by: Self.trusted).version == 1)
    #expect(throws: APIProblem.self) { try signed.verified(by: [:]) }
    for place in stride(from: 0, to: signed.payload.count, by: 7) {
      var changed = signed
      changed.payload[place] ^= 1
      #expect(throws: APIProblem.self) { try changed.verified(by: Self.trusted) }
    }
    for place in signed.signature.indices {
      var changed = signed
      changed.signature[place] ^= 0x80
      #expect(throws: APIProblem.self) { try changed.verified(by: Self.trusted) }
    }
  }

  @Test(arguments: ["../x", "x/../y", "/etc/passwd", "x", "x/y/z", ".x/y", "x/.y", "x/", "x/y\u{0}", "x/y z"])
  func pathsThatLeadOut(_ path: String) throws {
    let bundle = PolicyBundle(
      version: 1, created: Timestamp(secondsSinceEpoch: 0), files: [PolicyBundle.File(path: path, text: "")])
    let signed = try SignedPolicyBundle(bundle, by: "release", key: Array(Self.key.rawRepresentation))
    #expect(throws: APIProblem.self) { try signed.verified(by: Self.trusted) }
  }
}
