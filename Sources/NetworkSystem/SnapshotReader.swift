public import NetworkState

/// Reads the network state of a namespace.
public struct SnapshotReader: Sendable {
  /// What was read, and how sure it is that it is of one instant.
  public struct Reading: Sendable {
    public var snapshot: NetworkSnapshot
    /// Whether nothing was announced as changed between the first and the last object. False on a node whose
    /// network does not come to rest; each kind of object is consistent in itself even then.
    public var isOfOneInstant: Bool

    public init(snapshot: NetworkSnapshot, isOfOneInstant: Bool) {
      self.snapshot = snapshot
      self.isOfOneInstant = isOfOneInstant
    }
  }

  /// How often everything is read again because something changed meanwhile.
  private static let attempts = 5
  /// `RTNLGRP_...`: link, IPv4 address, route and rule, IPv6 address, route and rule, nexthop.
  private static let groups: [UInt32] = [1, 5, 7, 8, 9, 11, 19, 32]

  private let namespace: String?

  /// For the namespace at a path such as `/run/netns/NAME`; nil is the namespace of this process.
  public init(namespace: String? = nil) { self.namespace = namespace }

  /// One snapshot. Throws `noNamespace`, `notPermitted`, `kernel` or `deadline`.
  public func read(by deadline: Deadline) throws(NetworkSystemError) -> Reading {
    let socket = try NetlinkSocket(namespace: namespace)
    let watch = try NetlinkSocket(namespace: namespace)
    try watch.join(Self.groups)
    var reading = Reading(snapshot: NetworkSnapshot(), isOfOneInstant: false)
    for attempt in 0..<Self.attempts where !reading.isOfOneInstant {
      watch.drain()
      do {
        reading.snapshot = try snapshot(from: socket, by: deadline)
      } catch  where attempt > 0 && error.code == .deadline {
        break
      }
      reading.isOfOneInstant = !watch.hasArrivals
    }
    return reading
  }

  private func snapshot(
    from socket: NetlinkSocket, by deadline: Deadline
  ) throws(NetworkSystemError) -> NetworkSnapshot {
    var snapshot = NetworkSnapshot()
    for kind in NetworkObjectKind.allCases {
      var table = MessageTable()
      for request in DumpRequest.all where request.kind == kind {
        try socket.dump(request, into: &table, by: deadline)
      }
      snapshot[kind] = table
    }
    return snapshot
  }
}
