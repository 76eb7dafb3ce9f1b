import TestSupport
import NetworkState
import Testing

/// Bytes that no kernel wrote: every one is decoded or refused, none crashes.
@Suite struct HostileBytesTests {
  @Test func changedAndCutKernelMessages() throws {
    var seed = Seed("hostile bytes")
    let snapshot = try Fixture.snapshot()
    for kind in NetworkObjectKind.allCases {
      for index in 0..<snapshot[kind].count {
        let original = snapshot[kind].messageBytes(at: index)
        for _ in 0..<20 {
          var bytes = original
          for _ in 0...seed.below(4) {
            bytes[seed.below(bytes.count)] = [0, 1, 4, 0x7F, 0xFF, seed.number()][seed.below(6)]
          }
          read(Array(bytes.prefix(seed.below(2) == 0 ? bytes.count : seed.below(bytes.count + 1))))
        }
      }
    }
  }

  @Test func randomBytes() {
    var seed = Seed("random bytes")
    for _ in 0..<5000 { read(seed.bytes(seed.below(120))) }
  }

  @Test func everyLengthOfAMessageIsRefusedOrWhole() throws {
    let bytes = try Fixture.snapshot()[.route].messageBytes(at: 0)
    for length in 0..<bytes.count {
      #expect(throws: NetworkStateError.self) { try RoutingMessage(Array(bytes.prefix(length))) }
    }
  }

  /// Reads bytes in every way that the room has.
  private func read(_ bytes: [UInt8]) {
    if let message = try? RoutingMessage(bytes) { _ = try? message.encoded() }
    guard let table = try? MessageTable(adopting: bytes) else { return }
    var snapshot = NetworkSnapshot()
    for kind in NetworkObjectKind.allCases { snapshot[kind] = table }
    var routes = 0
    snapshot.forEachRoute { route, _ in routes += route.interfaces.isEmpty ? 0 : 1 }
    let others = snapshot.links.count + snapshot.addresses.count + snapshot.rules.count + snapshot.nexthops.count
    #expect(routes + others + snapshot.neighbours.count <= table.count)
  }
}
