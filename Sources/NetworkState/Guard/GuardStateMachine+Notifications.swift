extension GuardStateMachine {
  mutating func deleted(_ object: GuardedObject, _ port: UInt32, _ time: Int64) -> GuardAction {
    if port == 0 {
      taken(object, time)
      return .nothing
    }
    switch owners[port] {
    case nil:
      unattributed[port, default: []].append((object, time))
      return .identify(port: port)
    case .networkd: return takenByNetworkd(object, port, time)
    case .other(let process):
      absences[object] = Absence(cause: .left, since: time)
      if let address = index.address(object), address.family == .ipv4 { linksLeft.insert(address.index) }
      record(.leftToOthers, time, object, port: port, process: process)
      return .nothing
    }
  }

  /// By the kernel itself: it cannot come back before what it hangs on has.
  private mutating func taken(_ object: GuardedObject, _ time: Int64) {
    guard absences[object] == nil else { return }
    absences[object] = Absence(cause: .waiting, since: time)
    record(.takenByKernel, time, object)
    if let address = index.address(object) { suspect(address.family == .ipv4 ? address.index : nil, time) }
  }

  private mutating func takenByNetworkd(_ object: GuardedObject, _ port: UInt32, _ time: Int64) -> GuardAction {
    let attempt = attempts[object, default: 0] + 1
    attempts[object] = attempt
    guard attempt <= Self.patience else {
      absences[object] = Absence(cause: .waiting, since: time)
      suspect(index.address(object).flatMap { $0.family == .ipv4 ? $0.index : nil }, time)
      record(.gaveUp, time, object, port: port)
      return .nothing
    }
    absences[object] = Absence(cause: .asked, since: time)
    record(.putBack, time, object, port: port)
    if let address = index.address(object) {
      return putBack([object] + index.routes(with: address) + waiting(onLink: address.index), time)
    }
    if let nexthop = index.nexthop(object) { return putBack([object] + index.users(ofNexthop: nexthop.id), time) }
    return putBack([object], time)
  }

  /// An object is there. If others may hang on it, they are asked for.
  mutating func announced(_ object: GuardedObject?, _ frame: MessageFrame, _ time: Int64) -> GuardAction {
    if let object { returned(object, time) }
    switch frame.kind {
    case .address:
      guard let address = InterfaceAddress(frame) else { return .nothing }
      return revived(dependents(of: address), time)
    case .link:
      guard let link = Link(frame) else { return .nothing }
      guard link.isUp else {
        suspect(link.index, time)
        return .nothing
      }
      return revived(dependents(onLink: link.index, nil), time)
    case .nexthop:
      guard let nexthop = Nexthop(frame) else { return .nothing }
      return revived(dependents(of: nexthop), time)
    case .route, .rule, .neighbour: return .nothing
    }
  }

  mutating func returned(_ object: GuardedObject, _ time: Int64) {
    guard let absence = absences.remove(object), absence.cause != .left else { return }
    record(.returned, time, object, delay: time - absence.since)
  }

  /// What may be asked for now that something is there again.
  struct Dependents {
    var objects: [GuardedObject] = []
    /// Since when those are gone that the kernel drops without a word.
    var since: Int64?

    mutating func add(_ other: Self) {
      objects += other.objects
      since = [since, other.since].compactMap(\.self).min()
    }
  }

  private mutating func revived(_ dependents: Dependents, _ time: Int64) -> GuardAction {
    putBack(dependents.objects, time, since: dependents.since)
  }

  /// What hangs on an object that was made again.
  mutating func dependents(of object: GuardedObject) -> Dependents {
    if let address = index.address(object) { return dependents(of: address) }
    if let nexthop = index.nexthop(object) { return dependents(of: nexthop) }
    guard !absences.waiting.isEmpty else { return Dependents() }
    let waiting = index.linksToGateways(by: object).flatMap(waiting(onLink:))
    return Dependents(objects: waiting.filter(index.hasGateway))
  }

  private mutating func dependents(of address: InterfaceAddress) -> Dependents {
    if address.family == .ipv4 { linksLeft.remove(address.index) }
    return dependents(onLink: address.index, address.family)
  }

  private func dependents(of nexthop: Nexthop) -> Dependents {
    Dependents(objects: index.users(ofNexthop: nexthop.id).filter { absences[$0]?.cause == .waiting })
  }

  /// A link has an address again, or is up again; without a family both may have come.
  private mutating func dependents(onLink link: UInt32, _ family: AddressFamily?) -> Dependents {
    let waiting = waiting(onLink: link)
    guard family != .ipv6, let since = suspectLinks.removeValue(forKey: link) else {
      return Dependents(objects: waiting)
    }
    return Dependents(objects: waiting + index.routes(ofLink: link).filter { absences[$0] == nil }, since: since)
  }

  private func waiting(onLink link: UInt32) -> [GuardedObject] {
    guard !absences.waiting.isEmpty else { return [] }
    return absences.waiting.filter { index.links(of: $0).contains(link) }.sorted { $0.place < $1.place }
  }

  mutating func suspect(_ link: UInt32?, _ time: Int64) {
    if let link, suspectLinks[link] == nil, !index.routes(ofLink: link).isEmpty { suspectLinks[link] = time }
  }
}
