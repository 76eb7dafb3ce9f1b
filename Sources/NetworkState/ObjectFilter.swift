/// Which objects of a snapshot are wanted: those that have every property that is asked for.
///
/// An object that cannot have a property, such as a link when a table is asked for, is not wanted.
public struct ObjectFilter: Sendable, Hashable {
  /// Of routes and rules; empty asks for none in particular, here and below.
  public var tables: Set<UInt32>
  /// Of everything but links and nexthop groups.
  public var families: Set<AddressFamily>
  /// Of routes, rules and nexthops.
  public var protocols: Set<RouteProtocol>
  /// Names of links, alternative ones included: the link itself, what it carries, and what goes through it.
  public var interfaces: Set<String>

  public init(
    tables: Set<UInt32> = [], families: Set<AddressFamily> = [], protocols: Set<RouteProtocol> = [],
    interfaces: Set<String> = []
  ) {
    self.tables = tables
    self.families = families
    self.protocols = protocols
    self.interfaces = interfaces
  }

  public var isNone: Bool { self == Self() }

  /// The places of the wanted objects of a kind, in the kernel's order.
  public func places(of kind: NetworkObjectKind, in snapshot: NetworkSnapshot) -> [Int] {
    if isNone { return Array(0..<snapshot[kind].count) }
    let links = snapshot.links
    let named = links.filter { !interfaces.isDisjoint(with: [$0.name] + $0.alternativeNames) }
    let wanted = Properties(indices: Set(named.map(\.index)), names: Set(named.map(\.name)).union(interfaces))
    return snapshot[kind].withMessages { reader in
      (0..<reader.count).filter { reader.frame(at: $0).map { accepts($0, wanted) } ?? false }
    }
  }

  private struct Properties {
    var indices: Set<UInt32>
    var names: Set<String>
  }

  private func accepts(_ frame: MessageFrame, _ wanted: Properties) -> Bool {
    let placement = ObjectPlacement(frame)
    return Self.accepts(placement.table, tables) && Self.accepts(placement.family, families)
      && Self.accepts(placement.protocol, protocols)
      && (interfaces.isEmpty || !wanted.indices.isDisjoint(with: placement.interfaces)
        || !wanted.names.isDisjoint(with: placement.interfaceNames))
  }

  private static func accepts<Value>(_ value: Value?, _ wanted: Set<Value>) -> Bool {
    wanted.isEmpty || value.map(wanted.contains) ?? false
  }
}

/// What an object is filed under.
public struct ObjectPlacement: Sendable, Hashable {
  /// Of a route or rule.
  public private(set) var table: UInt32?
  /// Of a route, rule or nexthop.
  public private(set) var `protocol`: RouteProtocol?
  public private(set) var family: AddressFamily?
  /// The links that the object names by index.
  public private(set) var interfaces: [UInt32] = []
  /// The links that a rule names.
  public private(set) var interfaceNames: [String] = []

  init(_ frame: MessageFrame) {
    switch frame.kind {
    case .route:
      guard let route = Route(frame) else { return }
      (table, `protocol`, family, interfaces) = (route.table, route.protocol, route.family, route.interfaces)
    case .rule:
      guard let rule = PolicyRule(frame) else { return }
      (table, `protocol`, family) = (rule.table, rule.protocol, rule.family)
      interfaceNames = [rule.incomingInterface, rule.outgoingInterface].compactMap(\.self)
    case .nexthop:
      guard let nexthop = Nexthop(frame) else { return }
      (`protocol`, family) = (nexthop.protocol, AddressFamily(rawValue: nexthop.family))
      interfaces = [nexthop.outgoingInterface].compactMap(\.self)
    case .link: interfaces = [Link(frame)?.index].compactMap(\.self)
    case .address:
      guard let address = InterfaceAddress(frame) else { return }
      (family, interfaces) = (address.family, [address.index])
    case .neighbour:
      guard let neighbour = Neighbour(frame) else { return }
      (family, interfaces) = (neighbour.family, [neighbour.index])
    }
  }
}

extension NetworkSnapshot {
  /// What the object at a place is filed under.
  ///
  /// - Precondition: `place` is less than the table's count.
  public func placement(of kind: NetworkObjectKind, at place: Int) -> ObjectPlacement? {
    self[kind].withMessages { $0.frame(at: place).map(ObjectPlacement.init) }
  }
}
