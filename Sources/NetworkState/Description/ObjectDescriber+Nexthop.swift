extension ObjectDescriber {
  func describeNexthop(_ header: NexthopHeader, _ message: RoutingMessage) -> DescribedObject {
    var object = DescribedObject()
    object.append("id", (message.value(NexthopAttribute.id)?.number).map { .number(Int64($0)) })
    appendGroup(message, to: &object)
    appendEncapsulation(
      type: message.value(NexthopAttribute.encapsulationType)?.number,
      message.value(NexthopAttribute.encapsulation)?.attributes, to: &object)
    object.append("gateway", (message.value(NexthopAttribute.gateway)?.address).map { .text($0.description) })
    object.append("dev", (message.value(NexthopAttribute.outgoingInterface)?.number).map { .text(interface($0)) })
    if header.scope != 0 { object.append("scope", .text(names.scope(header.scope))) }
    if message.value(NexthopAttribute.blackhole) != nil { object.append("blackhole", .null) }
    let origin = RouteProtocol(rawValue: header.protocol)
    if origin != .unspecified { object.append("protocol", .text(names.protocol(origin))) }
    object.append("flags", Self.flags(header.flags, Self.routeFlags))
    if message.value(NexthopAttribute.fdb) != nil { object.append("fdb", .null) }
    return object
  }

  private func appendGroup(_ message: RoutingMessage, to object: inout DescribedObject) {
    guard case .members(let members) = message.value(NexthopAttribute.group) else { return }
    object.append("group", .list(members.map { .object(describe($0)) }))
    guard message.value(NexthopAttribute.groupType)?.number == 1 else { return }
    object.append("type", .text("resilient"))
    guard let nest = message.value(NexthopAttribute.resilientGroup)?.attributes else { return }
    var arguments = DescribedObject()
    arguments.append("buckets", number: nest[ResilientGroupAttribute.buckets]?.number ?? 0)
    arguments.append("idle_timer", number: (nest[ResilientGroupAttribute.idleTimer]?.number ?? 0) / 100)
    arguments.append("unbalanced_timer", number: (nest[ResilientGroupAttribute.unbalancedTimer]?.number ?? 0) / 100)
    if case .uint64(let time) = nest[ResilientGroupAttribute.unbalancedTime] {
      arguments.append("unbalanced_time", number: time / 100)
    }
    object.append("resilient_args", .object(arguments))
  }

  private func describe(_ member: NexthopMember) -> DescribedObject {
    var object = DescribedObject()
    object.append("id", number: member.id)
    if member.weight > 0 || member.weightHigh > 0 {
      object.append("weight", number: Int(member.weightHigh) << 8 + Int(member.weight) + 1)
    }
    return object
  }
}
