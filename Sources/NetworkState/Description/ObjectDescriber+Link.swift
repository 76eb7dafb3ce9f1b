extension ObjectDescriber {
  /// `IFF_...`, linux/if.h, in the order of iproute2's `print_link_flags`.
  private static let linkFlags: [(UInt32, String)] = [
    (0x8, "LOOPBACK"), (0x2, "BROADCAST"), (0x10, "POINTOPOINT"), (0x1000, "MULTICAST"), (0x80, "NOARP"),
    (0x200, "ALLMULTI"), (0x100, "PROMISC"), (0x400, "MASTER"), (0x800, "SLAVE"), (0x4, "DEBUG"), (0x8000, "DYNAMIC"),
    (0x4000, "AUTOMEDIA"), (0x2000, "PORTSEL"), (0x20, "NOTRAILERS"), (0x1, "UP"), (0x10000, "LOWER_UP"),
    (0x20000, "DORMANT"), (0x40000, "ECHO"),
  ]

  private static let operationalStates = [
    "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP",
  ]

  /// `ARPHRD_...`, linux/if_arp.h, in iproute2's words.
  private static let hardwareTypes: [UInt16: String] = [
    1: "ether", 32: "infiniband", 280: "can", 512: "ppp", 768: "ipip", 769: "tunnel6", 772: "loopback", 776: "sit",
    778: "gre", 823: "gre6", 0xFFFE: "none", 0xFFFF: "void",
  ]

  func describeLink(_ header: LinkHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    object.append("ifindex", number: header.index)
    appendLowerLink(message, to: &object)
    object.append("ifname", (message.value(LinkAttribute.name)?.string).map(DescribedValue.text))
    object.append("flags", flags(header.flags))
    object.append("mtu", (message.value(LinkAttribute.mtu)?.number).map { .number(Int64($0)) })
    object.append("qdisc", (message.value(LinkAttribute.queueingDiscipline)?.string).map(DescribedValue.text))
    object.append("master", (message.value(LinkAttribute.master)?.number).map { .text(interface($0)) })
    if let state = message.value(LinkAttribute.operationalState)?.number {
      let states = Self.operationalStates
      object.append("operstate", .text(state < states.count ? states[Int(state)] : String(state)))
    }
    object.append("group", (message.value(LinkAttribute.group)?.number).map { .text(names.group($0)) })
    object.append("txqlen", (message.value(LinkAttribute.transmitQueueLength)?.number).map { .number(Int64($0)) })
    object.append("link_type", .text(Self.hardwareTypes[header.hardwareType] ?? "[\(header.hardwareType)]"))
    object.append("address", (message.value(LinkAttribute.address)?.payload).map { .text(Self.hardware($0)) })
    object.append("broadcast", (message.value(LinkAttribute.broadcast)?.payload).map { .text(Self.hardware($0)) })
    appendKind(message, to: &object)
    return object
  }

  private func appendLowerLink(_ message: RoutingMessage, to object: inout DescribedObject) {
    guard let index = message.value(LinkAttribute.link)?.number else { return }
    if message.value(LinkAttribute.linkNamespace) != nil {
      object.append("link_index", number: index)
    } else {
      object.append("link", index == 0 ? .null : .text(interface(index)))
    }
  }

  private func appendKind(_ message: RoutingMessage, to object: inout DescribedObject) {
    if let kind = message.value(LinkAttribute.information)?.attributes?[LinkInformationAttribute.kind]?.string {
      var information = DescribedObject()
      information.append("info_kind", .text(kind))
      object.append("linkinfo", .object(information))
    }
    object.append("ifalias", (message.value(LinkAttribute.alias)?.string).map(DescribedValue.text))
    let properties = message.value(LinkAttribute.properties)?.attributes ?? []
    let alternatives = properties.filter { $0.type == LinkAttribute.alternativeName.rawValue }.compactMap(
      \.value.string)
    if !alternatives.isEmpty { object.append("altnames", .list(alternatives.map(DescribedValue.text))) }
  }

  /// A link that is up but not running has no carrier; `RUNNING` itself is not shown.
  private func flags(_ flags: UInt32) -> DescribedValue {
    let hasNoCarrier = flags & 0x41 == 1
    guard case .list(let names) = Self.flags(flags, Self.linkFlags), hasNoCarrier else {
      return Self.flags(flags, Self.linkFlags)
    }
    return .list([.text("NO-CARRIER")] + names)
  }
}
