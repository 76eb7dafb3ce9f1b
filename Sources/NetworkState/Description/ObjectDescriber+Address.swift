extension ObjectDescriber {
  /// `IFA_F_...`, linux/if_addr.h, in the order of iproute2's `ifa_flag_names`.
  private static let addressFlags: [(UInt32, String)] = [
    (0x01, "secondary"), (0x02, "nodad"), (0x04, "optimistic"), (0x08, "dadfailed"), (0x10, "home"),
    (0x20, "deprecated"), (0x40, "tentative"), (0x100, "mngtmpaddr"), (0x200, "noprefixroute"), (0x400, "autojoin"),
    (0x800, "stable-privacy"),
  ]

  func describeAddress(_ header: AddressHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    object.append("family", .text(Self.family(UInt16(header.family))))
    let other = message.value(AddressAttribute.address)?.address
    let local = message.value(AddressAttribute.local)?.address ?? other
    object.append("local", local.map { .text($0.description) })
    if let other, other != local { object.append("address", .text(other.description)) }
    object.append("prefixlen", number: header.prefixLength)
    object.append("metric", (message.value(AddressAttribute.routePriority)?.number).map { .number(Int64($0)) })
    object.append("broadcast", (message.value(AddressAttribute.broadcast)?.address).map { .text($0.description) })
    object.append("anycast", (message.value(AddressAttribute.anycast)?.address).map { .text($0.description) })
    object.append("scope", .text(names.scope(header.scope)))
    appendFlags(header, message, to: &object)
    object.append("label", (message.value(AddressAttribute.label)?.string).map(DescribedValue.text))
    if case .words(let lifetimes) = message.value(AddressAttribute.cacheInfo), lifetimes.count >= 2 {
      object.append("valid_life_time", number: lifetimes[1])
      object.append("preferred_life_time", number: lifetimes[0])
    }
    return object
  }

  private func appendFlags(_ header: AddressHeader, _ message: RoutingMessage, to object: inout DescribedObject) {
    let flags = message.value(AddressAttribute.flags)?.number ?? UInt32(header.flags)
    let permanent: UInt32 = 0x80
    for (bit, name) in Self.addressFlags where flags & bit != 0 {
      let isTemporary = bit == 1 && header.family == AddressFamily.ipv6.rawValue
      object.append(isTemporary ? "temporary" : name, .flag(true))
    }
    if flags & permanent == 0 { object.append("dynamic", .flag(true)) }
  }
}
