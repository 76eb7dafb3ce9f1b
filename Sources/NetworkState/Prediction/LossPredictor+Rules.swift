/// Rules, nexthop objects and neighbours.
extension LossPredictor {
  mutating func predictRules() {
    let isManaged =
      behaviour.confusesRuleOption
      ? restart.settings.managesForeignRoutes
      : restart.settings.managesForeignRules || !behaviour.hasManageForeignRules
    guard behaviour.ruleDrop != .never else { return predictSavedRules() }
    guard isManaged else { return }
    let requested = restart.managed.values.flatMap(\.requested.rules)
    let option = behaviour.hasManageForeignRules ? "ManageForeignRoutingPolicyRules=yes" : "this version has no option"
    let predictor = self
    eachPlace(.rule, PolicyRule.init) { rule, place, prediction in
      guard rule.protocol != .kernel, rule.action != PolicyRule.goto || predictor.behaviour.canDropGoto,
        !requested.contains(where: { $0.isMet(by: rule) }),
        let link = predictor.link(dropping: rule.protocol, by: predictor.behaviour.ruleDrop)
      else { return }
      let why = predictor.reason(link) + "; \(option)"
      prediction.lost.append(.init(kind: .rule, place: place, why: why))
    }
  }

  /// Up to 247.3 networkd deletes the rules that it made at its last run and that no file of a managed link asks for
  /// any more, whatever the link's `KeepConfiguration=` says. Those of `Family=both` it may delete as well and not
  /// make again (247.3, in one of six runs). Where the file that asked for them is gone, every rule
  /// without a protocol is taken for such a one: it gives its own none.
  private mutating func predictSavedRules() {
    guard !restart.managed.isEmpty else { return }
    let requested = restart.managed.values.flatMap(\.requested.rules)
    let saved = restart.abandoned.values.flatMap(\.rules)
    let isGuessed = !restart.abandonedWithoutFile.isEmpty
    let why = "systemd-networkd \(restart.version) deletes the rules that it made for a link it would no longer manage"
    let both = "systemd-networkd \(restart.version) may delete the rules of Family=both and not make them again"
    eachPlace(.rule, PolicyRule.init) { rule, place, prediction in
      let wanted = requested.filter { $0.isMet(by: rule) }
      guard rule.protocol != .kernel, wanted.allSatisfy(\.isOfBothFamilies) else { return }
      if !wanted.isEmpty {
        return prediction.lost.append(.init(kind: .rule, place: place, why: both + Self.timingMark))
      }
      let isSaved = saved.contains { $0.isMet(by: rule) }
      guard isSaved || isGuessed && [0, RouteProtocol.boot.rawValue].contains(rule.protocol.rawValue) else { return }
      let loss = LossPrediction.Loss(kind: .rule, place: place, why: why + (isSaved ? "" : LossPredictor.guessMark))
      prediction.lost.append(loss)
    }
  }

  /// The link for whose sake an object without a link is dropped.
  private func link(dropping origin: RouteProtocol, by drop: NetworkdBehaviour.RuleDrop) -> UInt32? {
    switch drop {
    case .never: nil
    case .byAnyDroppingLink: dropping.first
    case .byLinkWithoutStatic: dropping.first { management($0)?.keep.contains(.static) == false }
    case .byObject: droppingLink(for: origin)
    }
  }

  /// An object of one link is dropped for that link's sake only.
  private func link(dropping origin: RouteProtocol, of index: UInt32, by drop: NetworkdBehaviour.RuleDrop) -> UInt32? {
    guard dropping.contains(index), let management = management(index) else { return nil }
    switch drop {
    case .never: return nil
    case .byAnyDroppingLink: return index
    case .byLinkWithoutStatic: return management.keep.contains(.static) ? nil : index
    case .byObject: return keeps(management, origin) ? nil : index
    }
  }

  mutating func predictNexthops() {
    let areManaged = restart.settings.managesForeignNexthops || !behaviour.hasManageForeignNexthops
    let requested = restart.managed.values.reduce(into: Set<UInt32>()) { $0.formUnion($1.requested.nexthops) }
    let drop = behaviour.nexthopDrop
    let predictor = self
    var reasons: [UInt32: String] = [:]
    for nexthop in nexthops.values where nexthop.protocol != .kernel && !requested.contains(nexthop.id) {
      if let why = predictor.abandonment(of: nexthop) { reasons[nexthop.id] = why }
      guard areManaged else { continue }
      if restart.keepsState, isOwn(nexthop) {
        reasons[nexthop.id] = forgottenNexthop()
        continue
      }
      let link =
        nexthop.outgoingInterface.map { predictor.link(dropping: nexthop.protocol, of: $0, by: drop) }
        ?? predictor.link(dropping: nexthop.protocol, by: drop)
      if let link { reasons[nexthop.id] = predictor.reason(link) }
    }
    addEmptiedGroups(to: &reasons)
    var thinned: Set<UInt32> = []
    eachPlace(.nexthop, Nexthop.init) { nexthop, place, prediction in
      if let why = reasons[nexthop.id] {
        let loss = LossPrediction.Loss(kind: .nexthop, place: place, why: why)
        let isMadeAgain = predictor.isOwn(nexthop) && !predictor.restart.keepsState
        if isMadeAgain { prediction.interrupted.append(loss) } else { prediction.lost.append(loss) }
      } else if nexthop.members.contains(where: { reasons[$0] != nil }) {
        prediction.changed.append(.init(kind: .nexthop, place: place, why: "the group loses a member"))
        thinned.insert(nexthop.id)
      }
    }
    removedNexthops = Set(reasons.keys)
    thinnedNexthops = thinned
  }

  /// With `ManageForeignRoutes=no` a successor that is handed the state does not find the default route of an
  /// advertisement in it. It deletes the route's nexthop when the next advertisement comes, takes it for one that is
  /// there while it does, and makes neither again, unless the kernel's answer comes first. With `ManageForeignRoutes=yes` both stay. Tried with 257.13 and 262.
  private func forgottenNexthop() -> String? {
    guard !restart.settings.managesForeignRoutes else { return nil }
    return "systemd-networkd \(restart.version) deletes the nexthop of an advertised route that it was handed but does "
      + "not find (ManageForeignRoutes=no)" + Self.timingMark
  }

  /// Whether networkd made it from an advertisement.
  private func isOwn(_ nexthop: Nexthop) -> Bool {
    nexthop.protocol == .routerAdvertisement
      && nexthop.outgoingInterface.flatMap(management)?.usesDynamicIPv6 == true
  }

  /// The kernel deletes a group with its last member.
  private func addEmptiedGroups(to reasons: inout [UInt32: String]) {
    for group in nexthops.values where !group.members.isEmpty && reasons[group.id] == nil {
      guard group.members.allSatisfy({ reasons[$0] != nil }) else { continue }
      reasons[group.id] = "the kernel deletes the group with its last member"
    }
  }

  mutating func predictNeighbours() {
    guard behaviour.dropsNeighbours else { return }
    let predictor = self
    eachPlace(.neighbour, Neighbour.init) { neighbour, place, prediction in
      guard predictor.dropping.contains(neighbour.index), let management = predictor.management(neighbour.index),
        neighbour.state & Neighbour.permanentState != 0, !management.requested.neighbours.contains(neighbour.address),
        !(predictor.behaviour.staticKeepsNeighbours && management.keep.contains(.static))
      else { return }
      let why = predictor.reason(neighbour.index) + "; KeepConfiguration=\(management.keep.text)"
      prediction.lost.append(.init(kind: .neighbour, place: place, why: why))
    }
  }
}
