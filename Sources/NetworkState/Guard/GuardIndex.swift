/// The baseline as the guard looks things up in it: built once, before the command starts, because it is the only
/// work that grows with the number of objects.
struct GuardIndex: Sendable {
  /// What is protected at once. Links and neighbours are looked after at the end only.
  static let kinds: [NetworkObjectKind] = [.address, .nexthop, .route, .rule]

  let baseline: NetworkSnapshot
  let expected: ExpectedChurn
  /// By significant form, so that a notification finds its object however it is timed.
  private var objects: [Form: GuardedObject] = [:]
  /// IPv4 routes by the link that they leave by, and by their preferred source: they go with it without a word.
  private var routesByLink: [UInt32: [GuardedObject]] = [:]
  private var routesBySource: [IPAddress: [GuardedObject]] = [:]
  /// Routes of both families, and groups, by the nexthop object that they go through.
  private var usersByNexthop: [UInt32: [GuardedObject]] = [:]
  /// Made before they are needed.
  private var requests: [GuardedObject: ReadyRequest] = [:]

  init(_ baseline: NetworkSnapshot, expected: ExpectedChurn) {
    self.baseline = baseline
    self.expected = expected
    let names = baseline.interfaceNames
    for kind in Self.kinds {
      baseline[kind].withMessages { reader in
        for place in 0..<reader.count {
          guard let frame = reader.frame(at: place), !expected.covers(frame, names: names) else { continue }
          add(frame, GuardedObject(kind, place))
        }
      }
    }
  }

  private mutating func add(_ frame: MessageFrame, _ object: GuardedObject) {
    objects[Form(frame)] = object
    prepare(object)
    if let nexthop = Nexthop(frame) {
      for member in nexthop.members { usersByNexthop[member, default: []].append(object) }
    }
    guard let route = Route(frame) else { return }
    if let id = route.nexthopID { usersByNexthop[id, default: []].append(object) }
    guard route.family == .ipv4, !Self.comesWithAddress(route) else { return }
    for link in Set(route.interfaces) { routesByLink[link, default: []].append(object) }
    if let source = route.preferredSource { routesBySource[source, default: []].append(object) }
  }

  /// How many requests are made before they are needed, 5 µs and 300 bytes each; the rest is made when it is needed.
  private static let readyLimit = 1 << 14

  private mutating func prepare(_ object: GuardedObject) {
    guard requests.count < Self.readyLimit, let message = message(object), !RestorePlan.comesByItself(message),
      !RestoreRequest.isTimed(message)
    else { return }
    requests[object] = ReadyRequest(for: message, elapsed: 0)
  }

  /// The request that makes an object again, `elapsed` seconds after the baseline; nil if its time is over.
  func request(_ object: GuardedObject, elapsed: UInt32) -> ReadyRequest? {
    requests[object] ?? message(object).flatMap { ReadyRequest(for: $0, elapsed: elapsed) }
  }

  /// The kernel's own local, broadcast and multicast routes.
  private static func comesWithAddress(_ route: Route) -> Bool { route.protocol == .kernel && route.type != .unicast }

  /// The significant form without the netlink header: the same for the announcement and the deletion of an object.
  private struct Form: Hashable {
    private var bytes: [UInt8] = []

    init(_ frame: MessageFrame) {
      bytes.reserveCapacity(frame.body.count + 8)
      bytes.append(UInt8(truncatingIfNeeded: frame.header.type.rawValue & ~3))
      SignificantForm.append(frame, to: &bytes)
    }

    /// All bytes at once: an array hashes them one by one.
    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  /// The protected object that a notification is about.
  func object(_ frame: MessageFrame) -> GuardedObject? { objects[Form(frame)] }

  func message(_ object: GuardedObject) -> RoutingMessage? { try? baseline[object.kind][object.place] }

  /// What the kernel may have dropped without a word with an IPv4 address: it does so to all routes of the link with
  /// its last address, and to those with it as their source (`fib_sync_down_addr`, `fib_disable_ip`).
  func routes(with address: InterfaceAddress) -> [GuardedObject] {
    guard address.family == .ipv4 else { return [] }
    return routesByLink[address.index, default: []] + routesBySource[address.address, default: []]
  }

  func routes(ofLink link: UInt32) -> [GuardedObject] { routesByLink[link, default: []] }

  /// What goes with a nexthop object: routes through it, groups that it is in, and the routes through those.
  func users(ofNexthop id: UInt32) -> [GuardedObject] {
    let direct = usersByNexthop[id, default: []]
    let indirect = direct.flatMap { object in
      object.kind == .nexthop ? nexthop(object).map { usersByNexthop[$0.id, default: []] } ?? [] : []
    }
    return direct + indirect
  }

  func nexthop(_ object: GuardedObject) -> Nexthop? {
    object.kind == .nexthop ? frame(object, Nexthop.init) : nil
  }

  func address(_ object: GuardedObject) -> InterfaceAddress? {
    object.kind == .address ? frame(object, InterfaceAddress.init) : nil
  }

  /// The links that an object names.
  func links(of object: GuardedObject) -> [UInt32] {
    switch object.kind {
    case .address: address(object).map { [$0.index] } ?? []
    case .nexthop: nexthop(object)?.outgoingInterface.map { [$0] } ?? []
    case .route: frame(object, Route.init)?.interfaces ?? []
    case .link, .rule, .neighbour: []
    }
  }

  /// The links by which a route reaches gateways: it is one without a gateway of its own.
  func linksToGateways(by object: GuardedObject) -> [UInt32] {
    guard object.kind == .route, let route = frame(object, Route.init), route.type == .unicast, !Self.hasGateway(route)
    else { return [] }
    return route.interfaces
  }

  /// Whether another route has to be there first.
  func hasGateway(_ object: GuardedObject) -> Bool {
    object.kind == .route && frame(object, Route.init).map(Self.hasGateway) ?? false
  }

  private static func hasGateway(_ route: Route) -> Bool { route.gateway != nil || !route.legs.isEmpty }

  private func frame<Value>(_ object: GuardedObject, _ decode: (MessageFrame) -> Value?) -> Value? {
    baseline[object.kind].withMessages { $0.frame(at: object.place).flatMap(decode) }
  }
}
