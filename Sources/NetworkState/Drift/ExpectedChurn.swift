public import GateModel

/// What policy says changes on this node all the time, so that it is no drift.
public struct ExpectedChurn: Sendable, Hashable {
  /// Interfaces by name, such as `veth*` or `cali*`.
  public var interfaces: [Glob]
  /// Who made the route, rule or nexthop.
  public var protocols: Set<RouteProtocol>
  /// Routes to, addresses in, and neighbours in these prefixes.
  public var prefixes: [IPPrefix]

  public init(interfaces: [Glob] = [], protocols: Set<RouteProtocol> = [], prefixes: [IPPrefix] = []) {
    self.interfaces = interfaces
    self.protocols = protocols
    self.prefixes = prefixes
  }

  public static let none = Self()

  var isNone: Bool { self == .none }

  /// Whether the object that a message speaks of is expected to come and go. `names` are its snapshot's links.
  func covers(_ frame: MessageFrame, names: [UInt32: String]) -> Bool {
    switch frame.kind {
    case .route: Route(frame).map { covers($0, names) } ?? false
    case .rule: PolicyRule(frame).map(covers) ?? false
    case .nexthop:
      Nexthop(frame).map {
        protocols.contains($0.protocol) || coversAll($0.outgoingInterface.map { [$0] } ?? [], names)
      } ?? false
    case .link: Link(frame).map { coversName($0.name) } ?? false
    case .address:
      InterfaceAddress(frame).map { coversAll([$0.index], names) || coversPrefix($0.prefix) } ?? false
    case .neighbour:
      Neighbour(frame).map {
        coversAll([$0.index], names) || coversPrefix(IPPrefix($0.address, length: $0.family.bitCount))
      } ?? false
    }
  }

  private func covers(_ route: Route, _ names: [UInt32: String]) -> Bool {
    protocols.contains(route.protocol) || coversPrefix(route.destination) || coversAll(route.interfaces, names)
  }

  private func covers(_ rule: PolicyRule) -> Bool {
    let named = [rule.incomingInterface, rule.outgoingInterface].compactMap(\.self)
    return protocols.contains(rule.protocol) || !named.isEmpty && named.allSatisfy(coversName)
  }

  private func coversPrefix(_ prefix: IPPrefix) -> Bool { prefixes.contains { $0.contains(prefix) } }

  private func coversName(_ name: String) -> Bool { interfaces.contains { $0.matches(name) } }

  private func coversAll(_ indices: [UInt32], _ names: [UInt32: String]) -> Bool {
    !indices.isEmpty && indices.allSatisfy { names[$0].map(coversName) ?? false }
  }
}
