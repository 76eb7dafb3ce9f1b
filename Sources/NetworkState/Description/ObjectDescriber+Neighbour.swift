extension ObjectDescriber {
  func describeNeighbour(_ header: NeighbourHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    object.append("dst", (message.value(NeighbourAttribute.destination)?.address).map { .text($0.description) })
    object.append("dev", .text(interface(UInt32(bitPattern: header.index))))
    object.append(
      "lladdr", (message.value(NeighbourAttribute.linkLayerAddress)?.payload).map { .text(Self.hardware($0)) })
    // `NTF_...`, linux/neighbour.h.
    for (bit, name) in [(0x80, "router"), (0x08, "proxy"), (0x10, "extern_learn"), (0x20, "offload")]
    where header.flags & UInt8(bit) != 0 {
      object.append(name, .null)
    }
    // `NUD_...`, linux/neighbour.h.
    let states: [(UInt32, String)] = [
      (0x01, "INCOMPLETE"), (0x02, "REACHABLE"), (0x04, "STALE"), (0x08, "DELAY"), (0x10, "PROBE"), (0x20, "FAILED"),
      (0x40, "NOARP"), (0x80, "PERMANENT"),
    ]
    object.append("state", Self.flags(UInt32(header.state), states))
    let origin = message.value(NeighbourAttribute.protocol)?.number
    object.append("protocol", origin.map { .text(names.protocol(RouteProtocol(rawValue: UInt8(clamping: $0)))) })
    return object
  }

  static func hardware(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}
