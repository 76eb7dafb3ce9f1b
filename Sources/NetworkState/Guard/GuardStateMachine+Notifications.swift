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
    attempts[object, default: 0] += 1
    guard attempts[object, default: 0] <= Self.patience else {
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
      if address.family == .ipv4 { linksLeft.remove(address.index) }
      return revived(address.index, address.family, time)
    case .link:
      guard let link = Link(frame) else { return .nothing }
      guard link.isUp else {
        suspect(link.index, time)
        return .nothing
      }
      return revived(link.index, nil, time)
    case .nexthop:
      guard let nexthop = Nexthop(frame) else { return .nothing }
      return putBack(index.users(ofNexthop: nexthop.id).filter { absences[$0]?.cause == .waiting }, time)
    case .route, .rule, .neighbour: return .nothing
    }
  }

  mutating func returned(_ object: GuardedObject, _ time: Int64) {
    guard let absence = absences.removeValue(forKey: object), absence.cause != .left else { return }
    let time = min(time, absence.answered ?? time)
    record(.returned, time, object, delay: time - absence.since)
  }

  /// A link has an address again, or is up again; without a family both may have come.
  private mutating func revived(_ link: UInt32, _ family: AddressFamily?, _ time: Int64) -> GuardAction {
    let waiting = waiting(onLink: link)
    guard family != .ipv6, let since = suspectLinks.removeValue(forKey: link) else { return putBack(waiting, time) }
    return putBack(waiting + index.routes(ofLink: link).filter { absences[$0] == nil }, time, since: since)
  }

  private func waiting(onLink link: UInt32) -> [GuardedObject] {
    guard !absences.isEmpty else { return [] }
    return absences.filter { $0.value.cause == .waiting && index.links(of: $0.key).contains(link) }
      .map(\.key).sorted { $0.place < $1.place }
  }

  mutating func suspect(_ link: UInt32?, _ time: Int64) {
    if let link, suspectLinks[link] == nil, !index.routes(ofLink: link).isEmpty { suspectLinks[link] = time }
  }
}
