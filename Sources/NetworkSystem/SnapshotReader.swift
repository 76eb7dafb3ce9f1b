internal import Dispatch
public import NetworkState
internal import Synchronization

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

  let namespace: String?

  /// For the namespace at a path such as `/run/netns/NAME`; nil is the namespace of this process.
  public init(namespace: String? = nil) { self.namespace = namespace }

  /// One snapshot. Throws `noNamespace`, `notPermitted`, `kernel` or `deadline`.
  public func read(by deadline: Deadline) throws(NetworkSystemError) -> Reading {
    let watch = try NetlinkSocket(namespace: namespace)
    try watch.join(Self.groups)
    var reading = Reading(snapshot: NetworkSnapshot(), isOfOneInstant: false)
    for attempt in 0..<Self.attempts where !reading.isOfOneInstant {
      watch.drain()
      do {
        reading.snapshot = try snapshot(by: deadline)
      } catch  where attempt > 0 && error.code == .deadline {
        break
      }
      reading.isOfOneInstant = !watch.hasArrivals
    }
    return reading
  }

  /// What is read at the same time, each over a socket of its own: IPv4 routes take most of the time.
  private static let lanes = [
    DumpRequest.all.filter { $0.kind != .route || $0.family == .ipv4 },
    DumpRequest.all.filter { $0.kind == .route && $0.family != .ipv4 },
  ]

  private func snapshot(by deadline: Deadline) throws(NetworkSystemError) -> NetworkSnapshot {
    let readings = Mutex<[Int: Result<[NetworkObjectKind: MessageTable], NetworkSystemError>]>([:])
    DispatchQueue.concurrentPerform(iterations: Self.lanes.count) { lane in
      let result = Result { () throws(NetworkSystemError) in try tables(of: Self.lanes[lane], by: deadline) }
      readings.withLock { $0[lane] = result }
    }
    var snapshot = NetworkSnapshot()
    for (_, result) in readings.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      for (kind, table) in try result.get() { try snapshot.append(table, of: kind) }
    }
    return snapshot
  }

  private func tables(
    of requests: [DumpRequest], by deadline: Deadline
  ) throws(NetworkSystemError) -> [NetworkObjectKind: MessageTable] {
    let socket = try NetlinkSocket(namespace: namespace)
    var tables: [NetworkObjectKind: MessageTable] = [:]
    for request in requests {
      try socket.dump(request, into: &tables[request.kind, default: MessageTable()], by: deadline)
    }
    return tables
  }
}

extension NetworkSnapshot {
  fileprivate mutating func append(_ table: MessageTable, of kind: NetworkObjectKind) throws(NetworkSystemError) {
    do {
      try self[kind].append(contentsOf: table)
    } catch {
      throw NetworkSystemError(.kernel, "the kernel's \(kind.rawValue) objects cannot be kept: \(error)")
    }
  }
}
