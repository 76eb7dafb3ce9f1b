extension StandardLibrary {
  static let addresses: Part = [
    (
      "ip",
      [Overload("string_to_ip", [.string], .ip, .unary { (v, _) throws(EvaluationFailure) in .ip(try ip(v)) })]
        + prefixAddress
    ),
    (
      "isIP",
      [
        Overload(
          "is_ip", [.string], .bool,
          .unary { (value, _) throws(EvaluationFailure) in .bool(IPAddress(text: text(value)) != nil) })
      ]
    ),
    (
      "ip.isCanonical",
      [
        Overload(
          "ip_is_canonical", [.string], .bool,
          .unary { (value, _) throws(EvaluationFailure) in .bool(try ip(value).description == text(value)) })
      ]
    ),
    ("family", [address("family", .int) { .int($0.family) }]),
    ("isUnspecified", [address("is_unspecified", .bool) { .bool($0.isUnspecified) }]),
    ("isLoopback", [address("is_loopback", .bool) { .bool($0.isLoopback) }]),
    ("isLinkLocalMulticast", [address("is_link_local_multicast", .bool) { .bool($0.isLinkLocalMulticast) }]),
    ("isLinkLocalUnicast", [address("is_link_local_unicast", .bool) { .bool($0.isLinkLocalUnicast) }]),
    ("isGlobalUnicast", [address("is_global_unicast", .bool) { .bool($0.isGlobalUnicast) }]),
  ]

  /// An address from a string or as it is.
  private static func ip(_ value: Value) throws(EvaluationFailure) -> IPAddress {
    if case .ip(let address) = value { return address }
    guard let address = IPAddress(text: text(value)) else {
      throw invalid("`\(Format.short(value))` is not an IP address")
    }
    return address
  }

  private static func cidr(_ value: Value) throws(EvaluationFailure) -> IPPrefix {
    if case .cidr(let prefix) = value { return prefix }
    guard let prefix = IPPrefix(text: text(value)) else {
      throw invalid("`\(Format.short(value))` is not a CIDR prefix")
    }
    return prefix
  }

  private static func address(
    _ id: String, _ result: ValueType, _ read: @escaping @Sendable (IPAddress) -> Value
  ) -> Overload {
    Overload("ip_\(id)", [.ip], result, isMember: true, .unary { (v, _) throws(EvaluationFailure) in read(try ip(v)) })
  }

  private static func prefix(
    _ id: String, _ result: ValueType, _ read: @escaping @Sendable (IPPrefix) -> Value
  ) -> Overload {
    Overload(
      "cidr_\(id)", [.cidr], result, isMember: true, .unary { (v, _) throws(EvaluationFailure) in read(try cidr(v)) })
  }

  private static var prefixAddress: [Overload] { [prefix("ip", .ip) { .ip($0.address) }] }

  static let prefixes: Part = [
    (
      "cidr",
      [Overload("string_to_cidr", [.string], .cidr, .unary { (v, _) throws(EvaluationFailure) in .cidr(try cidr(v)) })]
    ),
    (
      "isCIDR",
      [
        Overload(
          "is_cidr", [.string], .bool,
          .unary { (value, _) throws(EvaluationFailure) in .bool(IPPrefix(text: text(value)) != nil) })
      ]
    ),
    ("masked", [prefix("masked", .cidr) { .cidr($0.masked) }]),
    ("prefixLength", [prefix("prefix_length", .int) { .int(Int64($0.length)) }]),
    (
      "containsIP",
      [ValueType.ip, .string].map {
        Overload(
          "cidr_contains_ip_\($0)", [.cidr, $0], .bool, isMember: true,
          .binary { (range, other, _) throws(EvaluationFailure) in .bool(try cidr(range).contains(try ip(other))) })
      }
    ),
    (
      "containsCIDR",
      [ValueType.cidr, .string].map {
        Overload(
          "cidr_contains_cidr_\($0)", [.cidr, $0], .bool, isMember: true,
          .binary { (range, other, _) throws(EvaluationFailure) in .bool(try cidr(range).contains(try cidr(other))) })
      }
    ),
  ]
}
