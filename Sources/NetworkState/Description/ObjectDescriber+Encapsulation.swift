/// Lightweight tunnels. Source: linux/lwtunnel.h, linux/seg6_iptunnel.h.
extension ObjectDescriber {
  private static let encapsulations = [
    "none", "mpls", "ip", "ila", "ip6", "seg6", "bpf", "seg6local", "rpl", "ioam6", "xfrm",
  ]

  func appendEncapsulation(_ attributes: [NetlinkAttribute], to object: inout DescribedObject) {
    appendEncapsulation(
      type: attributes[RouteAttribute.encapsulationType]?.number,
      attributes[RouteAttribute.encapsulation]?.attributes, to: &object)
  }

  /// Appends the members of an encapsulation; a kind that is not known here shows its bytes as `encap_data`.
  func appendEncapsulation(type: UInt32?, _ nest: [NetlinkAttribute]?, to object: inout DescribedObject) {
    guard let type, let nest else { return }
    let name = type < Self.encapsulations.count ? Self.encapsulations[Int(type)] : String(type)
    object.append("encap", .text(name))
    switch name {
    case "ip", "ip6": appendTunnel(nest, isIPv6: name == "ip6", to: &object)
    case "seg6": appendSegments(nest, to: &object)
    default: appendBytes(nest, to: &object)
    }
  }

  /// `LWTUNNEL_IP_...`: 1 id, 2 destination, 3 source, 4 TTL, 5 TOS.
  private func appendTunnel(_ nest: [NetlinkAttribute], isIPv6: Bool, to object: inout DescribedObject) {
    for attribute in nest {
      guard let bytes = attribute.value.payload else { continue }
      switch attribute.type {
      case 1 where bytes.count == 8:
        object.append("id", number: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      case 2: object.append("encap_dst", address(bytes))
      case 3: object.append("src", address(bytes))
      case 4 where bytes.count == 1: object.append(isIPv6 ? "hoplimit" : "ttl", number: bytes[0])
      case 5 where bytes.count == 1: object.append(isIPv6 ? "tc" : "tos", number: bytes[0])
      default: break
      }
    }
  }

  /// `SEG6_IPTUNNEL_SRH`: an `int` mode and a segment routing header, whose list is in reverse.
  private func appendSegments(_ nest: [NetlinkAttribute], to object: inout DescribedObject) {
    let modes = ["inline", "encap", "l2encap", "encap.red", "l2encap.red"]
    let headerSize = 12
    guard let bytes = nest.first(where: { $0.type == 1 })?.value.payload, bytes.count >= headerSize,
      let mode = bytes.withUnsafeBytes({ $0.load(UInt32.self, at: 0) })
    else { return appendBytes(nest, to: &object) }
    object.append("mode", .text(mode < modes.count ? modes[Int(mode)] : String(mode)))
    let segments = stride(from: headerSize, to: bytes.count - 15, by: 16).compactMap {
      address(Array(bytes[$0..<$0 + 16]))
    }
    object.append("segs", .list(segments.prefix(Int(bytes[8]) + 1).reversed()))
  }

  private func appendBytes(_ nest: [NetlinkAttribute], to object: inout DescribedObject) {
    var bytes: [UInt8] = []
    for attribute in nest { attribute.append(to: &bytes) }
    object.append("encap_data", .text(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()))
  }

  private func address(_ bytes: [UInt8]) -> DescribedValue? {
    (bytes.withUnsafeBytes { IPAddress($0) }).map { .text($0.description) }
  }
}
