/// What a successor that is handed the state takes away of links that it does not manage any more: the static addresses,
/// routes and nexthops that its predecessor made for them, whatever `KeepConfiguration=` says. Leases stay, and so do
/// rules and neighbours, which are not handed over. Tried with 257.13 and 262.
extension LossPredictor {
  /// By link; empty unless the state is handed over.
  var abandoned: [UInt32: RequestedConfiguration] { restart.keepsState ? restart.abandoned : [:] }

  func abandonment(of address: InterfaceAddress) -> String? {
    guard let requested = abandoned[address.index], requested.addresses.contains(address.prefix) else { return nil }
    return abandonment(of: address.index)
  }

  func abandonment(of route: Route) -> String? {
    let links = abandoned.filter { index, requested in
      (route.outgoingInterface ?? index) == index && requested.routes.contains { $0.isMet(by: route) }
    }
    return links.keys.min().map(abandonment)
  }

  func abandonment(of nexthop: Nexthop) -> String? {
    abandoned.filter { $0.value.nexthops.contains(nexthop.id) }.keys.min().map(abandonment)
  }

  private func abandonment(of index: UInt32) -> String {
    "systemd-networkd \(restart.version) takes away what it made for `\(name(index))`, which it would no longer manage"
  }
}
