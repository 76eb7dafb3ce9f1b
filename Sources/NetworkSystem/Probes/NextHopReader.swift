import Glibc
public import NetworkState

/// Where packets to probe targets go first, as the kernel's routes say.
public struct NextHopReader: Sendable {
  /// A machine on a link of this node.
  struct Neighbour {
    var address: IPAddress
    var link: Link
    /// An address of the link to ask from.
    var own: IPAddress
  }

  private let namespace: String?

  public init(namespace: String? = nil) { self.namespace = namespace }

  /// The neighbours that packets to each target go to first: the target itself on a link of the node, none if there is no
  /// route. What ``ProbePlan/objections(nextHops:)`` needs.
  ///
  /// Throws `noNamespace`, `notPermitted`, `kernel` or `deadline`.
  public func nextHops(
    of targets: [ProbeTarget], by deadline: Deadline
  ) throws(NetworkSystemError) -> [ProbeTarget: Set<IPAddress>] {
    let socket = try NetlinkSocket(namespace: namespace)
    var hops: [ProbeTarget: Set<IPAddress>] = [:]
    for target in Set(targets) {
      if let address = target.address {
        hops[target] = Set([try socket.nextHop(to: address, by: deadline)].compactMap(\.self))
      } else {
        hops[target] = Set(try defaultGateways(by: deadline).map(\.address))
      }
    }
    return hops
  }

  /// The gateways of all default routes, each once.
  func defaultGateways(by deadline: Deadline) throws(NetworkSystemError) -> [Neighbour] {
    let snapshot = try SnapshotReader(namespace: namespace).read(by: deadline).snapshot
    let links = Dictionary(snapshot.links.map { ($0.index, $0) }) { first, _ in first }
    var gateways: [Neighbour] = []
    snapshot.forEachRoute { route, _ in
      guard route.destination.length == 0, route.type == .unicast else { return }
      let legs = route.legs.map { ($0.index, $0.gateway) }
      for (index, address) in legs + [(route.outgoingInterface ?? 0, route.gateway)] {
        guard let address, let link = links[index], !gateways.contains(where: { $0.address == address }) else {
          continue
        }
        let own = snapshot.addresses.first { $0.index == index && $0.family == address.family }?.address
        gateways.append(Neighbour(address: address, link: link, own: own ?? .unspecified(address.family)))
      }
    }
    return gateways
  }

  /// The neighbour with an address, on the link with the longest prefix that it is in; none if it is in none.
  func neighbours(at address: IPAddress, by deadline: Deadline) throws(NetworkSystemError) -> [Neighbour] {
    let snapshot = try SnapshotReader(namespace: namespace).read(by: deadline).snapshot
    let near = snapshot.addresses.filter { own in
      own.family == address.family && own.address != address && own.prefixLength < own.family.bitCount
        && own.prefix.contains(IPPrefix(address, length: address.family.bitCount))
    }
    guard let own = near.max(by: { $0.prefixLength < $1.prefixLength }),
      let link = snapshot.links.first(where: { $0.index == own.index })
    else { return [] }
    return [Neighbour(address: address, link: link, own: own.address)]
  }
}

extension NetlinkSocket {
  /// The neighbour that packets to an address go to first; nil if there is no route.
  fileprivate func nextHop(to address: IPAddress, by deadline: Deadline) throws(NetworkSystemError) -> IPAddress? {
    let sequence = nextSequence()
    try send(RouteQuestion(address).bytes(sequence: sequence))
    while true {
      let answer = try receive(by: deadline) { RouteQuestion.answer($0, to: sequence) }
      switch answer {
      case nil: continue
      case .noRoute: return nil
      case .direct: return address
      case .via(let gateway): return gateway
      }
    }
  }
}
