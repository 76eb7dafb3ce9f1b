extension ObjectDescriber {
  /// An object as ``describe(_:)`` has it and, for an address, the link `dev` that carries it: what can stand alone.
  public func describeAlone(_ message: RoutingMessage) -> DescribedObject {
    var object = describe(message)
    if case .address(let header) = message.fixed { object.append("dev", .text(interface(header.index))) }
    return object
  }
}

extension DescribedObject {
  /// The object in one line, much as `ip` prints it: `198.18.1.0/24 via 198.18.0.2 dev eth0 proto static`.
  ///
  /// Names of links are the node's own and may hold any character: make the line safe before a terminal sees it.
  public func line(of kind: NetworkObjectKind, omitting omitted: Set<String> = []) -> String {
    var line = ObjectLine(members: members.filter { !omitted.contains($0.key) })
    switch kind {
    case .route: line.takeValue("type"); line.takeValue("dst")
    case .rule: line.takeRule()
    case .address: line.takeAddress()
    case .link: line.takeLink()
    case .nexthop: break
    case .neighbour: line.takeValue("dst")
    }
    return line.finish()
  }
}

/// Words of a line, taken from the members of an object one after the other.
private struct ObjectLine {
  private static let words: [String: String] = [
    "gateway": "via", "protocol": "proto", "prefsrc": "src", "fwmark": "fwmark", "broadcast": "brd",
    "valid_life_time": "valid_lft", "preferred_life_time": "preferred_lft",
  ]

  private var members: [DescribedObject.Member]
  private var parts: [String] = []

  init(members: [DescribedObject.Member]) { self.members = members }

  private mutating func take(_ key: String) -> DescribedValue? {
    guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    return members.remove(at: index).value
  }

  mutating func takeValue(_ key: String) {
    if let value = take(key) { parts.append(Self.text(value)) }
  }

  /// `100: from 198.18.0.0/24 fwmark 0x1 lookup 100`.
  mutating func takeRule() {
    if let priority = take("priority") { parts.append(Self.text(priority) + ":") }
    if take("not") != nil { parts.append("not") }
    for (key, word) in [("src", "from"), ("dst", "to")] {
      guard let address = take(key) else { continue }
      let length = take(key + "len").map { "/" + Self.text($0) } ?? ""
      parts += [word, Self.text(address) + length]
    }
    if let mark = take("fwmark") {
      let mask = take("fwmask").map { "/" + Self.text($0) } ?? ""
      parts += ["fwmark", Self.text(mark) + mask]
    }
    let origin = take("protocol")
    if let table = take("table") { members.append(.init(key: "lookup", value: table)) }
    if let action = take("action") { members.append(.init(key: Self.text(action), value: .null)) }
    if let origin { members.append(.init(key: "protocol", value: origin)) }
  }

  /// `198.18.0.1/24 dev eth0 ...`.
  mutating func takeAddress() {
    _ = take("family")
    let length = take("prefixlen").map { "/" + Self.text($0) } ?? ""
    if let local = take("local") { parts.append(Self.text(local) + length) }
    if let peer = take("address") { parts += ["peer", Self.text(peer)] }
    if let device = take("dev") { parts += ["dev", Self.text(device)] }
    for key in ["valid_life_time", "preferred_life_time"] {
      if let time = take(key), time != .number(Int64(UInt32.max)) { members.append(.init(key: key, value: time)) }
    }
  }

  /// `eth0 2: <UP> ...`: the name comes first.
  mutating func takeLink() {
    takeValue("ifname")
    if let index = take("ifindex") { parts.append("(\(Self.text(index)))") }
    if case .list(let flags) = take("flags") { parts.append("<\(flags.map(Self.text).joined(separator: ","))>") }
  }

  mutating func finish() -> String {
    for member in members { parts += Self.words(of: member) }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func words(of member: DescribedObject.Member) -> [String] {
    let word = words[member.key] ?? member.key
    switch (member.key, member.value) {
    case ("flags", let value), ("metrics", let value), ("linkinfo", let value): return [text(value)]
    case ("info_kind", let value): return [text(value)]
    case (_, .flag(let isSet)): return isSet ? [word] : []
    case (_, .null): return [word]
    case ("nexthops", .list(let legs)): return legs.map { "nexthop " + text($0) }
    case ("group", .list(let members)): return [word, members.map(groupMember).joined(separator: "/")]
    default: return [word, text(member.value)]
    }
  }

  /// A member of a nexthop group, `ID` or `ID,WEIGHT` as `ip nexthop` takes it.
  private static func groupMember(_ value: DescribedValue) -> String {
    guard case .object(let object) = value else { return text(value) }
    return object.members.map { text($0.value) }.joined(separator: ",")
  }

  private static func text(_ value: DescribedValue) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let isSet): String(isSet)
    case .null: ""
    case .list(let values): values.map(text).joined(separator: " ")
    case .object(let object): object.members.flatMap(words).filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}
