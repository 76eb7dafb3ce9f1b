/// Puts kernel messages into the words of `ip -j`.
///
/// Source: iproute2 6.1 (`ip/iproute.c`, `ip/iprule.c`, `ip/ipaddress.c`, `ip/ipnexthop.c`, `ip/ipneigh.c`), whose
/// output the tests compare with. One difference: the outer destination of an `encap` is `encap_dst`, because `ip`
/// prints the key `dst` twice.
public struct ObjectDescriber: Sendable {
  public var names: NumberNames
  /// Interface names by index.
  public var interfaces: [UInt32: String]

  public init(names: NumberNames = NumberNames(), interfaces: [UInt32: String]) {
    self.names = names
    self.interfaces = interfaces
  }

  /// A describer with the interface names of a snapshot.
  public init(names: NumberNames = NumberNames(), of snapshot: NetworkSnapshot) {
    let pairs = snapshot.links.map { ($0.index, $0.name) }
    self.init(names: names, interfaces: Dictionary(pairs) { first, _ in first })
  }

  /// The object that a message speaks of. An address is described as an element of `addr_info`.
  public func describe(_ message: RoutingMessage) -> DescribedObject {
    switch message.fixed {
    case .route(let header): describeRoute(header, message)
    case .rule(let header): describeRule(header, message)
    case .nexthop(let header): describeNexthop(header, message)
    case .neighbour(let header): describeNeighbour(header, message)
    case .address(let header): describeAddress(header, message)
    case .link(let header): describeLink(header, message)
    }
  }

  /// Every object of a kind in a snapshot, in the kernel's order.
  public func describe(_ kind: NetworkObjectKind, of snapshot: NetworkSnapshot) -> [DescribedObject] {
    let table = snapshot[kind]
    return (0..<table.count).compactMap { (try? table[$0]).map(describe) }
  }

  /// The interface's name, or `ifN` where no link has the index.
  public func interface(_ index: UInt32) -> String { interfaces[index] ?? "if\(index)" }

  /// The prefix as `ip` writes it: a host address without its length.
  func prefix(_ address: IPAddress, _ length: UInt8) -> String {
    length == address.family.bitCount ? address.description : "\(address)/\(length)"
  }

  /// The name of an address family in JSON.
  static func family(_ number: UInt16) -> String {
    switch number {
    case 2: "inet"
    case 10: "inet6"
    case 28: "mpls"
    default: String(number)
    }
  }

  /// The names of the bits that are set, in the order given.
  static func flags(_ value: UInt32, _ names: [(UInt32, String)]) -> DescribedValue {
    .list(names.filter { value & $0.0 != 0 }.map { .text($0.1) })
  }

  /// Hexadecimal as `%#x` prints it.
  static func hex(_ value: UInt32) -> String { value == 0 ? "0" : "0x" + String(value, radix: 16) }
}

extension AttributeValue {
  var number: UInt32? {
    switch self {
    case .uint8(let value): UInt32(value)
    case .uint16(let value): UInt32(value)
    case .uint32(let value): value
    default: nil
    }
  }

  var string: String? { if case .text(let text) = self { text } else { nil } }
  var address: IPAddress? { if case .ipAddress(let address) = self { address } else { nil } }
  var attributes: [NetlinkAttribute]? { if case .nested(let attributes) = self { attributes } else { nil } }
  var payload: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}

extension [NetlinkAttribute] {
  subscript<Kind: AttributeKind>(_ kind: Kind) -> AttributeValue? { first { $0.type == kind.rawValue }?.value }
}
