extension NetworkSnapshot {
  /// The places of the routes that packets to `address` may take: of each routing table the longest prefix that has it, and of
  /// those of one length the smallest metric. Which table counts is up to the rules; the kernel's own table is left out.
  public func routePlaces(to address: IPAddress) -> [Int] {
    let host = IPPrefix(address, length: address.family.bitCount)
    var best: [UInt32: (place: Int, length: UInt8, priority: UInt32)] = [:]
    forEachRoute { route, place in
      guard route.family == address.family, route.table != RouteTable.local, route.destination.contains(host) else {
        return
      }
      let length = route.destination.length
      if let known = best[route.table],
        (known.length, UInt32.max - known.priority) >= (length, UInt32.max - route.priority)
      {
        return
      }
      best[route.table] = (place, length, route.priority)
    }
    return best.values.map(\.place).sorted()
  }
}

extension LossPrediction {
  /// Why packets to `address` may have no way after it; nil if no route that they may take would go.
  public func lossOfRoute(to address: IPAddress, in snapshot: NetworkSnapshot) -> String? {
    let places = Set(snapshot.routePlaces(to: address))
    return lost(.route).first { places.contains($0.place) }?.why
  }
}
