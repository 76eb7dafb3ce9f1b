/// What to ask of the kernel, and in which order, so that everything that a snapshot has is there again.
///
/// Only what is missing is in it, so that carrying it out twice does no more than once. Unless it is exact nothing is
/// ever deleted or changed: an object that is there in another form is left to whoever changed it, and listed.
public struct RestorePlan: Sendable {
  /// One request to the kernel.
  public struct Step: Sendable, Hashable {
    public enum Action: String, Sendable, Hashable, CaseIterable { case up, add, replace, delete }

    public var action: Action
    public var kind: NetworkObjectKind
    /// The place of the object's message: in the current state if it is deleted, otherwise in the snapshot that is
    /// restored.
    public var place: Int
    public var request: RoutingMessage
  }

  /// In the order of dependence: links set up; addresses; neighbours; the kernel's own rules, because gateways are
  /// looked up by them; nexthops before their groups; routes without a gateway before those with one; rules. Then what
  /// is deleted, the other way round; but rules before all else, because they may keep gateways from being found.
  public private(set) var steps: [Step] = []
  /// Objects that are there in another form, and links that are not there or have become others, with what hangs on
  /// them. In an exact plan also links that the snapshot does not have, with what hangs on them.
  public private(set) var leftAlone: [Drift.Difference] = []

  enum Order: Int {
    case deletedRule, changedAddress
    case link, address, neighbour, kernelRule, nexthop, group, directRoute, route, rule
    case deletedRoute, deletedGroup, deletedNexthop, deletedNeighbour, deletedAddress

    static let count = deletedAddress.rawValue + 1
  }

  /// A plan of these steps, in this order.
  public init(steps: [Step]) { self.steps = steps }

  /// A plan from `current` back to `wanted`, which was taken `elapsed` seconds before: lifetimes have run on since.
  /// What is expected to come and go is not in it. With `exact` what the snapshot does not have is deleted, and what is
  /// there in another form replaced; but never on a link that the snapshot does not have.
  public init(
    from current: NetworkSnapshot, to wanted: NetworkSnapshot, elapsed: UInt32 = 0, expected: ExpectedChurn = .none,
    exact: Bool = false
  ) {
    let names = current.interfaceNames
    let sameLinks = Set(wanted.links.filter { names[$0.index] == $0.name }.map(\.index))
    let maker = RestoreRequest(elapsed: elapsed)
    let present = Set(current.addresses.map(\.address))
    var ordered: [(Order, Step)] = planLinks(current, wanted)
    for difference in Drift(from: wanted, to: current, expected: expected).differences {
      let isSetUp =
        difference.kind == .link && ordered.contains { $0.1.action == .up && $0.1.place == difference.before }
      guard difference.before != nil || exact, !isSetUp else { continue }
      let planned = Self.messages(of: difference, current, wanted)
      let touched = [planned.before, planned.after].compactMap(\.self).map(Self.interfaces)
      guard difference.kind != .link, exact || difference.change == .removed,
        touched.allSatisfy({ $0.isSubset(of: sameLinks) })
      else {
        if let message = planned.before ?? planned.after, !Self.comesByItself(message) { leftAlone.append(difference) }
        continue
      }
      // The kernel has no request that replaces a rule, and does not change an address's label or flags.
      let isRemade = difference.change == .changed && [.rule, .address].contains(difference.kind)
      if let message = planned.before, let place = difference.before, !Self.isMadeByKernel(message, with: present),
        let request = maker.request(for: message, replacing: difference.change == .changed && !isRemade)
      {
        let isNew = difference.change == .removed || isRemade
        let step = Step(action: isNew ? .add : .replace, kind: difference.kind, place: place, request: request)
        ordered.append((Self.order(message), step))
      }
      if let message = planned.after, let place = difference.after,
        difference.change == .added || isRemade,
        let request = maker.deletion(of: message)
      {
        let step = Step(action: .delete, kind: difference.kind, place: place, request: request)
        let isAddress = isRemade && difference.kind == .address
        ordered.append((isAddress ? .changedAddress : Self.deletionOrder(message), step))
      }
    }
    steps = ordered.enumerated().sorted { left, right in
      (left.element.0.rawValue, left.offset) < (right.element.0.rawValue, right.offset)
    }.map(\.element.1)
  }

  private static func messages(
    of difference: Drift.Difference, _ current: NetworkSnapshot, _ wanted: NetworkSnapshot
  ) -> (before: RoutingMessage?, after: RoutingMessage?) {
    (
      difference.before.flatMap { try? wanted[difference.kind][$0] },
      difference.after.flatMap { try? current[difference.kind][$0] }
    )
  }

  /// Links that were up and are down.
  private func planLinks(_ current: NetworkSnapshot, _ wanted: NetworkSnapshot) -> [(Order, Step)] {
    let down = Set(current.links.filter { !$0.isUp }.map { "\($0.index) \($0.name)" })
    return wanted.links.enumerated().compactMap { place, link in
      guard link.isUp, down.contains("\(link.index) \(link.name)") else { return nil }
      return (.link, Step(action: .up, kind: .link, place: place, request: RestoreRequest.up(link)))
    }
  }

  static func order(_ message: RoutingMessage) -> Order {
    switch message.fixed {
    case .link: .link
    case .address: .address
    case .neighbour: .neighbour
    case .nexthop: message.value(NexthopAttribute.group) == nil ? .nexthop : .group
    case .rule: message.value(RuleAttribute.protocol)?.number == 2 ? .kernelRule : .rule
    case .route:
      message.value(RouteAttribute.gateway) == nil && message.value(RouteAttribute.via) == nil
        && message.value(RouteAttribute.multipath) == nil && message.value(RouteAttribute.nexthopID) == nil
        ? .directRoute : .route
    }
  }

  private static func deletionOrder(_ message: RoutingMessage) -> Order {
    switch message.fixed {
    case .link, .address: .deletedAddress
    case .neighbour: .deletedNeighbour
    case .nexthop: message.value(NexthopAttribute.group) == nil ? .deletedNexthop : .deletedGroup
    case .rule: .deletedRule
    case .route: .deletedRoute
    }
  }

  /// What the kernel makes with a link or address: its own routes, and addresses in `fe80::/64`.
  static func comesByItself(_ message: RoutingMessage) -> Bool {
    switch message.fixed {
    case .route(let header): header.protocol == RouteProtocol.kernel.rawValue
    case .address(let header) where header.family == AddressFamily.ipv6.rawValue:
      message.value(AddressAttribute.address)?.address?.isLinkLocal == true
    default: false
    }
  }

  /// Local, broadcast, anycast and multicast routes come with their address or link. Where the address is there and its
  /// IPv4 routes are not, they are asked for; the kernel gives IPv6 ones another metric than its own, so they are not.
  private static func isMadeByKernel(_ message: RoutingMessage, with present: Set<IPAddress>) -> Bool {
    guard case .route(let header) = message.fixed, header.protocol == RouteProtocol.kernel.rawValue,
      header.type != RouteType.unicast.rawValue
    else { return false }
    guard header.family == AddressFamily.ipv4.rawValue,
      let source = message.value(RouteAttribute.preferredSource)?.address
    else { return true }
    return !present.contains(source)
  }

  /// The links that an object names by index.
  static func interfaces(of message: RoutingMessage) -> Set<UInt32> {
    switch message.fixed {
    case .address(let header): return [header.index]
    case .neighbour(let header): return [UInt32(bitPattern: header.index)]
    case .nexthop: return Set([message.value(NexthopAttribute.outgoingInterface)?.number].compactMap(\.self))
    case .route:
      var links = Set([message.value(RouteAttribute.outgoingInterface)?.number].compactMap(\.self))
      if case .legs(let legs) = message.value(RouteAttribute.multipath) {
        links.formUnion(legs.map { UInt32(bitPattern: $0.index) })
      }
      return links
    case .link, .rule: return []
    }
  }
}
