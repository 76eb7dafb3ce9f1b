extension LossPredictor {
  mutating func predictRoutes() {
    let predictor = self
    let kernel = KernelConsequences(removedAddresses, removedNexthops, of: addresses, names: links.mapValues(\.name))
    eachPlace(.route, Route.init) { route, place, prediction in
      if let why = predictor.abandonment(of: route) ?? predictor.deletion(of: route) {
        let loss = LossPrediction.Loss(kind: .route, place: place, why: why)
        if predictor.isOwn(route) { prediction.interrupted.append(loss) } else { prediction.lost.append(loss) }
      } else if let consequence = kernel.consequence(for: route) {
        let isForgotten = predictor.restart.keepsState && predictor.isOwn(route) && route.nexthopID != nil
        let isGuess = predictor.restsOnGuess(route)
        let mark = isGuess ? LossPredictor.guessMark : isForgotten ? LossPredictor.timingMark : ""
        let loss = LossPrediction.Loss(kind: .route, place: place, why: consequence.why + mark)
        let isMadeAgain = predictor.isOwn(route) && !isForgotten
        let isPutBack = predictor.isRequested(route) || isMadeAgain || consequence.comesBackWithAddress
        if isPutBack { prediction.interrupted.append(loss) } else { prediction.lost.append(loss) }
      } else if let why = predictor.change(of: route) {
        prediction.changed.append(.init(kind: .route, place: place, why: why))
      }
    }
  }

  /// A route that follows an address or group that stays in another form.
  private func change(of route: Route) -> String? {
    if let id = route.nexthopID, thinnedNexthops.contains(id) { return "its nexthop group \(id) loses a member" }
    guard route.protocol == .kernel, let source = route.preferredSource, let index = route.outgoingInterface,
      route.table == RouteTable.main, changedAddresses.contains(AddressOnLink(address: source, index: index))
    else { return nil }
    return "its address \(source) stays in another form"
  }

  func isRequested(_ route: Route) -> Bool {
    restart.managed.values.contains { $0.requested.routes.contains { $0.isMet(by: route) } }
  }

  /// Whether networkd itself made the route from a lease or an advertisement, and makes it again: one with the leased
  /// address as its source, or one of IPv6 in `main` that expires. Others may use the same protocol numbers.
  func isOwn(_ route: Route) -> Bool {
    guard let index = route.outgoingInterface, let management = management(index), management.isDynamic(route.family)
    else { return false }
    switch route.protocol {
    case .dhcp:
      guard let source = route.preferredSource else { return route.family == .ipv6 && route.expires }
      return leasedAddresses.contains(AddressOnLink(address: source, index: index))
    case .routerAdvertisement:
      let isThroughOwn = route.nexthopID.flatMap { nexthops[$0] }?.protocol == .routerAdvertisement
      return route.family == .ipv6 && (route.expires || isThroughOwn || looksAdvertised(route, index))
    default: return false
    }
  }

  /// Where routes of advertisements do not expire: the default route through a router, or the prefix of an address that
  /// expires.
  private func looksAdvertised(_ route: Route, _ index: UInt32) -> Bool {
    guard !behaviour.routesOfAdvertisementsExpire, route.table == RouteTable.main else { return false }
    if route.destination.length == 0 { return route.gateway?.isLinkLocal == true }
    return addresses.contains { address in
      address.index == index && address.preferredLifetime != nil && route.destination.contains(address.prefix)
    }
  }

  /// Why networkd deletes a route; nil if it does not.
  func deletion(of route: Route) -> String? {
    let isManaged = restart.settings.managesForeignRoutes || !behaviour.hasManageForeignRoutes
    guard isManaged, !isExempt(route), behaviour.reaches(table: route.table), !isRequested(route) else { return nil }
    if restart.keepsState, isOwn(route) { return nil }
    if route.nexthopID != nil, route.family == .ipv4, !behaviour.knowsNexthops { return nil }
    if route.tos != 0, route.family == .ipv4, !behaviour.findsTypeOfService { return nil }
    // The kernel shows a route through a blackhole nexthop as `blackhole` and does not find it by that type.
    if route.nexthopID != nil, route.family == .ipv4, route.type == .blackhole { return nil }
    guard let link = linkDropping(route) else { return nil }
    return reason(link) + (behaviour.hasManageForeignRoutes ? "; ManageForeignRoutes=yes" : "")
  }

  private func isExempt(_ route: Route) -> Bool {
    if route.protocol == .kernel { return true }
    let multicast = IPPrefix(IPAddress(ipv6High: 0xFF00 << 48, low: 0), length: 8)
    return behaviour.hasKeepConfiguration && route.destination == multicast && route.protocol == .boot
  }

  private func linkDropping(_ route: Route) -> UInt32? {
    let isLinkless = route.type.isReject && (route.family == .ipv4 || behaviour.rejectRoutesOfIPv6HaveNoLink)
    if isLinkless { return linkDroppingReject(route) }
    switch behaviour.routeOwnership {
    case .outgoingInterface: return firstDropping([route.outgoingInterface].compactMap(\.self), route.protocol)
    case .anyLeg: return firstDropping(reachableLegs(route), route.protocol)
    case .oneLinkOrNone: return linkDroppingByOwner(route)
    }
  }

  /// The links by which a deletion of one leg finds the route: networkd asks for each leg by itself, and the kernel
  /// compares such a request with the first leg of an IPv4 route only (`fib_nh_match`).
  private func reachableLegs(_ route: Route) -> [UInt32] {
    route.family == .ipv4 ? Array(route.interfaces.prefix(1)) : route.interfaces
  }

  /// Up to 255 `KeepConfiguration=static` does not keep a route without a link.
  private func linkDroppingReject(_ route: Route) -> UInt32? {
    guard behaviour.dropsRejectRoutes else { return nil }
    return behaviour.routeOwnership == .oneLinkOrNone ? droppingLink(for: route.protocol) : dropping.first
  }

  private func firstDropping(_ indices: [UInt32], _ origin: RouteProtocol) -> UInt32? {
    indices.first { dropping.contains($0) && management($0).map { !keeps($0, origin) } ?? false }
  }

  /// From 256 on: a route has one link, or none; one without is dropped with any link. None have IPv4 multipath routes,
  /// and those through a group or a nexthop object that networkd does not know.
  private func linkDroppingByOwner(_ route: Route) -> UInt32? {
    if let id = route.nexthopID {
      let isKnown = restart.settings.managesForeignNexthops
      guard isKnown, let link = nexthops[id]?.outgoingInterface else { return droppingLink(for: route.protocol) }
      return firstDropping([link], route.protocol)
    }
    if let link = route.outgoingInterface { return firstDropping([link], route.protocol) }
    return route.family == .ipv4 ? droppingLink(for: route.protocol) : firstDropping(route.interfaces, route.protocol)
  }
}
