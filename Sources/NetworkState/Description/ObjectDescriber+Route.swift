extension ObjectDescriber {
  private static let types = [
    "none", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw",
    "nat", "xresolve",
  ]

  /// `RTNH_F_...` and `RTM_F_...`, linux/rtnetlink.h, in the order of iproute2's `print_rt_flags`.
  static let routeFlags: [(UInt32, String)] = [
    (1, "dead"), (4, "onlink"), (2, "pervasive"), (8, "offload"), (64, "trap"), (0x100, "notify"), (16, "linkdown"),
    (32, "unresolved"), (0x4000, "rt_offload"), (0x8000, "rt_trap"), (0x2000_0000, "rt_offload_failed"),
  ]

  static func routeType(_ type: UInt8) -> String {
    Int(type) < types.count ? types[Int(type)] : String(type)
  }

  func describeRoute(_ header: RouteHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    if header.type != RouteType.unicast.rawValue { object.append("type", .text(Self.routeType(header.type))) }
    object.append("dst", .text(destination(header, message)))
    object.append(
      "from", (message.value(RouteAttribute.source)?.address).map { .text(prefix($0, header.sourceLength)) })
    object.append("nhid", number(message, RouteAttribute.nexthopID))
    appendEncapsulation(message.attributes, to: &object)
    if header.tos != 0 { object.append("tos", .text(names.service(header.tos))) }
    appendGateway(message.attributes, to: &object)
    object.append("dev", (message.value(RouteAttribute.outgoingInterface)?.number).map { .text(interface($0)) })
    let table = message.value(RouteAttribute.table)?.number ?? UInt32(header.table)
    if table != RouteTable.main { object.append("table", .text(names.table(table))) }
    appendOrigin(header, to: &object)
    object.append("prefsrc", (message.value(RouteAttribute.preferredSource)?.address).map { .text($0.description) })
    object.append("metric", number(message, RouteAttribute.priority))
    object.append("flags", Self.flags(header.flags, Self.routeFlags))
    appendRest(message, to: &object)
    return object
  }

  private func appendOrigin(_ header: RouteHeader, to object: inout DescribedObject) {
    let origin = RouteProtocol(rawValue: header.protocol)
    if origin != .boot { object.append("protocol", .text(names.protocol(origin))) }
    if header.scope != 0 { object.append("scope", .text(names.scope(header.scope))) }
  }

  private func appendRest(_ message: RoutingMessage, to object: inout DescribedObject) {
    object.append("mark", (message.value(RouteAttribute.mark)?.number).map { .text(Self.hex($0)) })
    object.append("flow", (message.value(RouteAttribute.flow)?.number).map(realms))
    object.append("uid", number(message, RouteAttribute.user))
    if case .words(let words) = message.value(RouteAttribute.cacheInfo), words.count > 2, words[2] != 0 {
      object.append("expires", number: Int32(bitPattern: words[2]) / 100)
    }
    object.append("metrics", metrics(message.value(RouteAttribute.metrics)?.attributes))
    object.append("pref", (message.value(RouteAttribute.preference)?.number).map { .text(Self.preference($0)) })
    object.append("ttl-propagate", (message.value(RouteAttribute.ttlPropagate)?.number).map { .flag($0 != 0) })
    if case .legs(let legs) = message.value(RouteAttribute.multipath) {
      object.append("nexthops", .list(legs.map { .object(describe($0)) }))
    }
  }

  private func destination(_ header: RouteHeader, _ message: RoutingMessage) -> String {
    if let address = message.value(RouteAttribute.destination)?.address {
      return prefix(address, header.destinationLength)
    }
    return header.destinationLength == 0 ? "default" : "0/\(header.destinationLength)"
  }

  private func number(_ message: RoutingMessage, _ kind: RouteAttribute) -> DescribedValue? {
    (message.value(kind)?.number).map { .number(Int64($0)) }
  }

  func appendGateway(_ attributes: [NetlinkAttribute], to object: inout DescribedObject) {
    object.append("gateway", (attributes[RouteAttribute.gateway]?.address).map { .text($0.description) })
    if case .via(let family, let address) = attributes[RouteAttribute.via] {
      var via = DescribedObject()
      via.append("family", .text(Self.family(family)))
      via.append("host", (address.withUnsafeBytes { IPAddress($0) }).map { .text($0.description) })
      object.append("via", .object(via))
    }
  }

  private func describe(_ leg: RouteLeg) -> DescribedObject {
    var object = DescribedObject()
    appendEncapsulation(leg.attributes, to: &object)
    appendGateway(leg.attributes, to: &object)
    object.append("flow", (leg.attributes[RouteAttribute.flow]?.number).map(realms))
    object.append("dev", .text(interface(UInt32(bitPattern: leg.index))))
    object.append("weight", number: Int(leg.hops) + 1)
    object.append("flags", Self.flags(UInt32(leg.flags), Self.routeFlags))
    return object
  }

  private func realms(_ flow: UInt32) -> DescribedValue {
    var object = DescribedObject()
    if flow >> 16 != 0 { object.append("from", .text(String(flow >> 16))) }
    object.append("to", .text(String(flow & 0xFFFF)))
    return .object(object)
  }

  private static func preference(_ value: UInt32) -> String {
    switch value {
    case 0: "medium"
    case 1: "high"
    case 3: "low"
    default: String(value)
    }
  }

  private static let metricNames: [(MetricAttribute, String)] = [
    (.mtu, "mtu"), (.window, "window"), (.rtt, "rtt"), (.rttVariance, "rttvar"), (.slowStartThreshold, "ssthresh"),
    (.congestionWindow, "cwnd"), (.advertisedMSS, "advmss"), (.reordering, "reordering"), (.hopLimit, "hoplimit"),
    (.initialCongestionWindow, "initcwnd"), (.features, "features"), (.minimumRTO, "rto_min"),
    (.initialReceiveWindow, "initrwnd"), (.quickAcknowledgement, "quickack"), (.congestionControl, "congestion"),
    (.fastOpenNoCookie, "fastopen_no_cookie"),
  ]

  private func metrics(_ attributes: [NetlinkAttribute]?) -> DescribedValue? {
    guard let attributes else { return nil }
    var object = DescribedObject()
    for (kind, name) in Self.metricNames {
      guard let value = attributes[kind] else { continue }
      // The kernel keeps the round trip time eightfold and its variance fourfold, in milliseconds.
      let divisor: UInt32 = kind == .rtt ? 8 : kind == .rttVariance ? 4 : 1
      object.append(name, value.string.map(DescribedValue.text) ?? value.number.map { .number(Int64($0 / divisor)) })
    }
    return .list([.object(object)])
  }
}
