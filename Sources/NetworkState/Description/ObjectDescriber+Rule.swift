extension ObjectDescriber {
  /// `FIB_RULE_...`, linux/fib_rules.h.
  private enum Flag {
    static let invert: UInt32 = 2
    static let unresolved: UInt32 = 4
    static let incomingDetached: UInt32 = 8
    static let outgoingDetached: UInt32 = 16
  }

  func describeRule(_ header: RouteHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    object.append("priority", number: message.value(RuleAttribute.priority)?.number ?? 0)
    if header.flags & Flag.invert != 0 { object.append("not", .null) }
    append("src", message.value(RuleAttribute.source)?.address, header.sourceLength, ifNone: "all", to: &object)
    append("dst", message.value(RuleAttribute.destination)?.address, header.destinationLength, ifNone: nil, to: &object)
    if header.tos != 0 { object.append("tos", .text(names.service(header.tos))) }
    appendMark(message, to: &object)
    append("iif", message.value(RuleAttribute.incomingInterface), header.flags & Flag.incomingDetached, to: &object)
    append("oif", message.value(RuleAttribute.outgoingInterface), header.flags & Flag.outgoingDetached, to: &object)
    if message.value(RuleAttribute.l3mdev)?.number ?? 0 != 0 { object.append("l3mdev", .null) }
    appendSelectors(message, to: &object)
    appendTable(header, message, to: &object)
    appendRealms(message, to: &object)
    appendAction(header, message, to: &object)
    let origin = RouteProtocol(rawValue: UInt8(clamping: message.value(RuleAttribute.protocol)?.number ?? 0))
    if origin != .unspecified, origin != .kernel { object.append("protocol", .text(names.protocol(origin))) }
    return object
  }

  private func append(
    _ key: String, _ address: IPAddress?, _ length: UInt8, ifNone none: String?, to object: inout DescribedObject
  ) {
    guard address != nil || length > 0 else { return object.append(key, none.map(DescribedValue.text)) }
    object.append(key, .text(address?.description ?? "0"))
    if length != address?.family.bitCount { object.append("\(key)len", number: length) }
  }

  private func append(_ key: String, _ name: AttributeValue?, _ detached: UInt32, to object: inout DescribedObject) {
    guard let name = name?.string else { return }
    object.append(key, .text(name))
    if detached != 0 { object.append("\(key)_detached", .null) }
  }

  private func appendMark(_ message: RoutingMessage, to object: inout DescribedObject) {
    let mark = message.value(RuleAttribute.mark)?.number
    let mask = message.value(RuleAttribute.markMask)?.number
    guard mark != nil || mask != nil else { return }
    object.append("fwmark", .text(Self.hex(mark ?? 0)))
    if let mask, mask != .max { object.append("fwmask", .text(Self.hex(mask))) }
  }

  private func appendSelectors(_ message: RoutingMessage, to object: inout DescribedObject) {
    if case .words(let range) = message.value(RuleAttribute.userRange), range.count == 2 {
      object.append("uid_start", number: range[0])
      object.append("uid_end", number: range[1])
    }
    object.append("ipproto", (message.value(RuleAttribute.ipProtocol)?.number).map { .text(Self.ipProtocol($0)) })
    appendPorts("sport", message.value(RuleAttribute.sourcePortRange), to: &object)
    appendPorts("dport", message.value(RuleAttribute.destinationPortRange), to: &object)
    if let bytes = message.value(RuleAttribute.tunnelID)?.payload, bytes.count == 8 {
      object.append("tun_id", number: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
  }

  /// `struct fib_rule_port_range`: two 16-bit numbers in the machine's byte order.
  private func appendPorts(_ key: String, _ value: AttributeValue?, to object: inout DescribedObject) {
    guard let bytes = value?.payload,
      let start = bytes.withUnsafeBytes({ $0.load(UInt16.self, at: 0) }),
      let end = bytes.withUnsafeBytes({ $0.load(UInt16.self, at: 2) })
    else { return }
    if start == end { return object.append(key, number: start) }
    object.append("\(key)_start", number: start)
    object.append("\(key)_end", number: end)
  }

  private func appendTable(_ header: RouteHeader, _ message: RoutingMessage, to object: inout DescribedObject) {
    let table = message.value(RuleAttribute.table)?.number ?? UInt32(header.table)
    guard table != 0 else { return }
    object.append("table", .text(names.table(table)))
    if let length = message.value(RuleAttribute.suppressPrefixLength)?.number, length != .max {
      object.append("suppress_prefixlen", number: length)
    }
    if let group = message.value(RuleAttribute.suppressInterfaceGroup)?.number, group != .max {
      object.append("suppress_ifgroup", .text(names.group(group)))
    }
  }

  /// The realm of the source in the upper half, that of the destination in the lower.
  private func appendRealms(_ message: RoutingMessage, to object: inout DescribedObject) {
    guard let flow = message.value(RuleAttribute.flow)?.number else { return }
    if flow >> 16 != 0 { object.append("flow_from", .text(String(flow >> 16))) }
    object.append("flow_to", .text(String(flow & 0xFFFF)))
  }

  /// `FR_ACT_...`: 1 to table, 2 goto, 3 nop, otherwise the number of a route type.
  private func appendAction(_ header: RouteHeader, _ message: RoutingMessage, to object: inout DescribedObject) {
    switch header.type {
    case 1: break
    case 2:
      let target = message.value(RuleAttribute.target)?.number
      object.append("goto", target.map { .number(Int64($0)) } ?? .text("none"))
      if header.flags & Flag.unresolved != 0 { object.append("unresolved", .null) }
    case 3: object.append("nop", .null)
    default: object.append("action", .text(Self.routeType(header.type)))
    }
  }

  private static func ipProtocol(_ number: UInt32) -> String {
    let names: [UInt32: String] = [
      1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 33: "dccp", 47: "gre", 50: "esp", 51: "ah", 58: "ipv6-icmp",
      89: "ospf", 103: "pim", 112: "vrrp", 132: "sctp", 136: "udplite",
    ]
    return names[number] ?? "ipproto-\(number)"
  }
}
