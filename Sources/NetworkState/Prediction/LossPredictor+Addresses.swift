extension LossPredictor {
  /// There is no `ManageForeign...=` for addresses: only `KeepConfiguration=` keeps them.
  mutating func predictAddresses() {
    let leased = leasedAddresses
    let knownLeased = knownLeasedAddresses()
    let predictor = self
    var removed: [RemovedAddress] = []
    var changed: Set<AddressOnLink> = []
    eachPlace(.address, InterfaceAddress.init) { address, place, prediction in
      let key = AddressOnLink(address: address.address, index: address.index)
      let hasLifetime = address.preferredLifetime != nil
      let isDynamic = hasLifetime || knownLeased.contains(key)
      let isLeased = predictor.isLeased(address, leased.contains(key))
      let abandonment = predictor.abandonment(of: address).map { (why: $0, isPutBack: false) }
      let outcome =
        abandonment ?? predictor.outcome(of: address, isDynamic: isDynamic, isLeased: isLeased)
        ?? predictor.linkLocalRemoval(of: address)
      guard let outcome else {
        if let why = predictor.change(of: address, isLeased: isLeased) {
          prediction.changed.append(.init(kind: .address, place: place, why: why))
          changed.insert(key)
        }
        return
      }
      let loss = LossPrediction.Loss(kind: .address, place: place, why: outcome.why)
      if outcome.isPutBack { prediction.interrupted.append(loss) } else { prediction.lost.append(loss) }
      removed.append(RemovedAddress(address: address, isPutBack: outcome.isPutBack))
    }
    removedAddresses = removed
    changedAddresses = changed
  }

  /// Addresses that a route by DHCP has as source: with `KeepConfiguration=dhcp` or `yes` networkd gives leased
  /// addresses no lifetime, so that only their routes tell what they are.
  static func leasedAddresses(of snapshot: NetworkSnapshot, where counts: (Route) -> Bool) -> Set<AddressOnLink> {
    var leased: Set<AddressOnLink> = []
    snapshot.forEachRoute { route, _ in
      guard route.protocol == .dhcp, let source = route.preferredSource, let link = route.outgoingInterface,
        counts(route)
      else { return }
      leased.insert(AddressOnLink(address: source, index: link))
    }
    return leased
  }

  /// Those that networkd itself takes for dynamic. With `ManageForeignRoutes=no` it does not know the routes that tell
  /// it, and routes that it drops it has forgotten when it looks at addresses (seen with 252).
  private func knownLeasedAddresses() -> Set<AddressOnLink> {
    guard restart.settings.managesForeignRoutes || !behaviour.hasManageForeignRoutes else { return [] }
    return Self.leasedAddresses(of: snapshot) { deletion(of: $0) == nil }
  }

  /// Whether networkd got the address by itself and asks for it again; others may give addresses a lifetime too. Its
  /// IPv4 lease is in its file; where it keeps none (262), an address that a route by DHCP has as source, or that has
  /// the metric which networkd gives a leased one, and the lifetime unless it is to be kept, is taken for it. To IPv6 addresses by advertisement or DHCP it gives
  /// no route of their prefix.
  private func isLeased(_ address: InterfaceAddress, _ isSourceOfDHCP: Bool) -> Bool {
    if address.family == .ipv6 {
      return address.preferredLifetime != nil && address.flags & InterfaceAddress.withoutPrefixRoute != 0
    }
    if let lease = restart.leases[address.index] { return lease == address.address }
    guard let management = management(address.index), address.metric != 0, management.usesDHCPv4 else {
      return isSourceOfDHCP
    }
    return isSourceOfDHCP || address.preferredLifetime != nil || management.keep.contains(.dynamic)
  }

  /// Versions before 257 give a leased address that they keep back without its metric, and the kernel its route with
  /// it. Tried with 252.39 and 254.26; 247.3 sets none. A second address that stays becomes the first while 251 to 254
  /// delete the first and add it again.
  private func change(of address: InterfaceAddress, isLeased: Bool) -> String? {
    if behaviour.readdsStaticAddresses, address.flags & InterfaceAddress.secondary != 0,
      management(address.index)?.requested.addressesWithBroadcast.contains(address.prefix) == true
    {
      return "it takes the place of its network's first address while that is deleted and added again"
    }
    guard isLeased, behaviour.forgetsMetricOfLease, management(address.index)?.usesDHCPv4 == true,
      address.family == .ipv4, address.metric != 0
    else { return nil }
    return "systemd-networkd \(restart.version) gives the lease that it keeps back with another metric"
  }

  /// Nil if the address stays.
  private func outcome(
    of address: InterfaceAddress, isDynamic: Bool, isLeased: Bool
  ) -> (why: String, isPutBack: Bool)? {
    guard dropping.contains(address.index), let management = management(address.index) else { return nil }
    if address.family == .ipv6, address.address.isLinkLocal {
      guard behaviour.dropsLinkLocalWhereOff, !management.hasLinkLocalIPv6 else { return nil }
    }
    if address.address.isLoopback, links[address.index]?.isLoopback == true { return nil }
    if management.requested.addresses.contains(address.prefix) {
      return readdition(of: address, management, isDynamic: isDynamic)
    }
    if isKept(management, isDynamic: isDynamic) { return nil }
    let isOwn = isLeased && management.isDynamic(address.family)
    if isOwn, restart.keepsState { return nil }
    let why = reason(address.index) + "; KeepConfiguration=\(management.keep.text)"
    return isOwn ? (why + "; it asks for the address again", true) : (why, false)
  }

  private func isKept(_ management: LinkManagement, isDynamic: Bool) -> Bool {
    guard behaviour.hasKeepConfiguration else { return false }
    return management.keep.contains(isDynamic ? .dynamic : .static)
  }

  /// A static address that 251 to 254 take for a foreign one. Addresses of `/31` and `/32` have no broadcast address
  /// to be mistaken about, and those whose file states it are known by it.
  private func readdition(
    of address: InterfaceAddress, _ management: LinkManagement, isDynamic: Bool
  ) -> (why: String, isPutBack: Bool)? {
    guard behaviour.readdsStaticAddresses, address.family == .ipv4, address.prefixLength <= 30,
      !management.requested.addressesWithBroadcast.contains(address.prefix),
      !isKept(management, isDynamic: isDynamic)
    else { return nil }
    let why =
      "systemd-networkd \(restart.version) takes the static address of `\(name(address.index))` for a foreign one: it "
      + "deletes it and adds it again; KeepConfiguration=\(management.keep.text)"
    return (why, true)
  }
}

struct AddressOnLink: Hashable {
  var address: IPAddress
  var index: UInt32
}
