/// What a successor that is handed the state takes away of links that it does not manage any more: the static addresses,
/// routes and nexthops that its predecessor made for them, whatever `KeepConfiguration=` says. Leases stay, and so do
/// rules and neighbours, which are not handed over. Tried with 257.13 and 262.
///
/// Where the link's file is gone it is not known what networkd made: every address that does not expire, and routes and
/// nexthops of protocol `static`, which is what networkd gives its own, are taken for it.
extension LossPredictor {
  func abandonment(of address: InterfaceAddress) -> String? {
    guard restart.keepsState else { return nil }
    if restart.abandoned[address.index]?.addresses.contains(address.prefix) == true { return why(address.index) }
    let isLease = restart.leases[address.index] == address.address
    guard isGuessed(address.index), address.preferredLifetime == nil, !address.address.isLinkLocal, !isLease else {
      return nil
    }
    return guess(address.index)
  }

  func abandonment(of route: Route) -> String? {
    guard restart.keepsState else { return nil }
    let links = restart.abandoned.filter { index, requested in
      (route.outgoingInterface ?? index) == index && requested.routes.contains { $0.isMet(by: route) }
    }
    if let index = links.keys.min() { return why(index) }
    guard route.protocol == .static, let index = route.outgoingInterface, isGuessed(index) else { return nil }
    return guess(index)
  }

  func abandonment(of nexthop: Nexthop) -> String? {
    guard restart.keepsState else { return nil }
    let links = restart.abandoned.filter { $0.value.nexthops.contains(nexthop.id) }
    if let index = links.keys.min() { return why(index) }
    guard nexthop.protocol == .static, let index = nexthop.outgoingInterface, isGuessed(index) else { return nil }
    return guess(index)
  }

  /// Whether a route hangs on a link of which it is not known what networkd made for it.
  func restsOnGuess(_ route: Route) -> Bool {
    let links = route.interfaces + [route.nexthopID.flatMap { nexthops[$0]?.outgoingInterface }].compactMap(\.self)
    return restart.keepsState && links.contains(where: isGuessed)
  }

  /// What ends the reason of a loss that is not certain.
  static let guessMark = "; its file is gone, so this is a guess"

  /// What ends the reason of a loss that one restart brings and the next does not.
  static let timingMark = "; whether it is made again depends on timing, so this is a guess"

  private func isGuessed(_ index: UInt32) -> Bool { restart.abandonedWithoutFile.contains(index) }

  private func why(_ index: UInt32) -> String {
    "systemd-networkd \(restart.version) takes away what it made for `\(name(index))`, which it would no longer manage"
  }

  private func guess(_ index: UInt32) -> String { why(index) + Self.guessMark }
}
