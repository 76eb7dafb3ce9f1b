/// The files of a stored snapshot: a magic number, then the kernel's messages, as `ip route save`,
/// `ip rule save` and `ip addr save` write them, so that stock `ip` can restore them when nothing else works.
///
/// `ip route restore` (iproute2 6.1) restores multipath routes before those of the networks that their gateways
/// are in: links and addresses have to be there first, so that the kernel has made the latter itself.
public enum SnapshotFile: String, Sendable, Hashable, CaseIterable, Codable {
  case links, addresses, nexthops
  /// Routes that are in none of the two files below.
  case routes
  /// Routes that go through a nexthop object. They are kept apart because the kernel refuses their messages as
  /// it wrote them (`Nexthop specification and nexthop id are mutually exclusive`), and `ip route restore` ends
  /// at the first refusal.
  case nexthopRoutes = "nexthop-routes"
  /// The kernel's own routes of types other than `unicast`, which come and go with addresses. They are kept apart
  /// because restoring `local ::1` with its metric of 0 makes a second one with the metric 1024.
  case localRoutes = "local-routes"
  case rules, neighbours

  /// Bytes of the magic number.
  public static let magicSize = 4

  public var kind: NetworkObjectKind {
    switch self {
    case .links: .link
    case .addresses: .address
    case .nexthops: .nexthop
    case .routes, .nexthopRoutes, .localRoutes: .route
    case .rules: .rule
    case .neighbours: .neighbour
    }
  }

  /// The number that the file starts with, in the byte order of the machine.
  ///
  /// Source: iproute2's `route_dump_magic`, `dump_magic` (addresses) and `rule_dump_magic`; iproute2 saves no
  /// links, nexthops and neighbours, so their numbers are our own.
  public var magic: UInt32 {
    switch self {
    case .routes, .nexthopRoutes, .localRoutes: 0x4531_1224
    case .addresses: 0x4736_1222
    case .rules: 0x7170_6986
    case .links: 0x6167_4C01
    case .nexthops: 0x6167_4E01
    case .neighbours: 0x6167_4201
    }
  }

  /// The messages in the bytes of a file of this kind, also one that stock `ip` saved.
  ///
  /// Throws `wrongMagic`, `malformedMessage`, `unsupportedMessage`.
  public func decode(_ bytes: [UInt8]) throws(NetworkStateError) -> MessageTable {
    guard bytes.withUnsafeBytes({ $0.load(UInt32.self, at: 0) }) == magic else {
      throw NetworkStateError(
        .wrongMagic, "no file of \(rawValue): its first four bytes are not those of `ip` on this machine")
    }
    let table = try MessageTable(adopting: bytes, after: Self.magicSize)
    guard table.holdsOnly(kind) else {
      throw NetworkStateError(.unsupportedMessage, "the file of \(rawValue) holds other messages as well")
    }
    return table
  }

  /// Calls `body` with the bytes of the file for a snapshot, piece by piece, and returns how many messages it holds.
  public func encode(_ snapshot: NetworkSnapshot, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows -> Int {
    try withUnsafeBytes(of: magic, body)
    switch self {
    case .routes, .nexthopRoutes, .localRoutes:
      return try snapshot[kind].forEachRun(where: { $0.routeFile == self }, body)
    default: return try snapshot[kind].forEachRun(where: { _ in true }, body)
    }
  }
}

extension MessageFrame {
  /// The file that a route belongs in.
  fileprivate var routeFile: SnapshotFile {
    if AttributeCursor.find(RouteAttribute.nexthopID.rawValue, in: attributes) != nil { return .nexthopRoutes }
    guard let header = RouteHeader(body), header.protocol == RouteProtocol.kernel.rawValue,
      header.type != RouteType.unicast.rawValue
    else { return .routes }
    return .localRoutes
  }
}

extension MessageTable {
  func holdsOnly(_ kind: NetworkObjectKind) -> Bool {
    withMessages { reader in
      (0..<reader.count).allSatisfy { NetlinkHeader(reader.message(at: $0))?.type.object == kind }
    }
  }

  /// Calls `body` with the bytes of neighbouring messages that are wanted, and returns how many there are.
  func forEachRun(
    where isWanted: (MessageFrame) -> Bool, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows -> Int {
    var count = 0
    try withMessages { reader in
      var start: Int?
      for index in 0...reader.count {
        let isWanted = index < reader.count && reader.frame(at: index).map(isWanted) ?? false
        if isWanted { count += 1 }
        if let first = start, !isWanted {
          try body(reader.bytes(from: first, upTo: index))
          start = nil
        } else if start == nil, isWanted {
          start = index
        }
      }
    }
    return count
  }
}

extension MessageReader {
  /// The bytes of the messages `first..<end`, padding included.
  func bytes(from first: Int, upTo end: Int) -> UnsafeRawBufferPointer {
    let upper = end < count ? 4 * Int(starts[end]) : bytes.count
    return UnsafeRawBufferPointer(rebasing: bytes[4 * Int(starts[first])..<upper])
  }
}
