/// Which of a snapshot's links are there now, by name.
///
/// The kernel numbers links, and numbers change with every boot and whenever a link is made again. What an
/// administrator means by a link is its name, so objects are put back onto the link that has the name now.
public struct InterfaceMatch: Sendable, Hashable {
  /// A link of the snapshot whose name no link has now.
  public struct Missing: Sendable, Hashable {
    public var name: String
    /// The link that has its hardware address now: it was most likely renamed.
    public var nowCalled: String?
  }

  public private(set) var missing: [Missing] = []
  /// From the snapshot's index to the one now; one that no link has for those that are missing.
  private var indices: [UInt32: UInt32] = [:]

  /// Source: `ip link` numbers links upwards from 1; no node comes near this.
  private static let firstUnused: UInt32 = 0x4000_0000

  public init(from wanted: NetworkSnapshot, to current: NetworkSnapshot) {
    let present = current.links
    let byName = Dictionary(present.map { ($0.name, $0.index) }) { first, _ in first }
    let taken = Set(present.map(\.index))
    for link in wanted.links {
      if let index = byName[link.name] {
        indices[link.index] = index
      } else {
        indices[link.index] = taken.contains(link.index) ? Self.firstUnused + link.index : link.index
        missing.append(Missing(name: link.name, nowCalled: Self.name(of: link, among: present)))
      }
    }
  }

  /// The snapshot with the indices that its links have now.
  ///
  /// Throws `malformedMessage` or `tooLarge`, as decoding and encoding do.
  public func renumbered(_ snapshot: NetworkSnapshot) throws(NetworkStateError) -> NetworkSnapshot {
    guard indices.contains(where: { $0.key != $0.value }) else { return snapshot }
    var result = NetworkSnapshot()
    for kind in NetworkObjectKind.allCases {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(snapshot[kind].byteCount)
      for place in 0..<snapshot[kind].count {
        var message = try snapshot[kind][place]
        renumber(&message)
        bytes += try message.encoded()
      }
      result[kind] = try MessageTable(adopting: bytes)
    }
    return result
  }

  private func index(_ index: UInt32) -> UInt32 { indices[index] ?? index }

  private func index(_ index: Int32) -> Int32 { Int32(bitPattern: self.index(UInt32(bitPattern: index))) }

  private func renumber(_ message: inout RoutingMessage) {
    switch message.fixed {
    case .link(var header):
      header.index = index(header.index)
      message.fixed = .link(header)
      renumber([LinkAttribute.link.rawValue, LinkAttribute.master.rawValue], of: &message)
    case .address(var header):
      header.index = index(header.index)
      message.fixed = .address(header)
    case .neighbour(var header):
      header.index = index(header.index)
      message.fixed = .neighbour(header)
    case .nexthop: renumber([NexthopAttribute.outgoingInterface.rawValue], of: &message)
    case .route: renumber([RouteAttribute.outgoingInterface.rawValue], of: &message)
    case .rule: break
    }
  }

  private func renumber(_ types: Set<UInt16>, of message: inout RoutingMessage) {
    for place in message.attributes.indices {
      switch message.attributes[place].value {
      case .uint32(let old) where types.contains(message.attributes[place].type):
        message.attributes[place].value = .uint32(index(old))
      case .legs(var legs):
        for leg in legs.indices { legs[leg].index = index(legs[leg].index) }
        message.attributes[place].value = .legs(legs)
      default: break
      }
    }
  }

  private static func name(of link: Link, among present: [Link]) -> String? {
    guard link.hardwareAddress.contains(where: { $0 != 0 }) else { return nil }
    let same = present.filter { $0.hardwareAddress == link.hardwareAddress }
    return same.count == 1 ? same[0].name : nil
  }
}
