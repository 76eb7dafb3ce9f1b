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
  /// `sorting` is of the snapshot's routes.
  public func encode(
    _ snapshot: NetworkSnapshot, _ sorting: RouteSorting, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows -> Int {
    try withUnsafeBytes(of: magic, body)
    if kind == .route { return try snapshot[kind].forEachRun(where: { sorting[$0] == self }, body) }
    guard !snapshot[kind].isEmpty else { return 0 }
    try snapshot[kind].withBytes(body)
    return snapshot[kind].count
  }
}

/// Which file each route of a snapshot belongs in; found once for all files.
public struct RouteSorting: Sendable {
  /// By place.
  private var files: [SnapshotFile]

  public init(_ snapshot: NetworkSnapshot) {
    files = snapshot[.route].withMessages { reader in
      (0..<reader.count).map { reader.routeFile(at: $0) }
    }
  }

  subscript(place: Int) -> SnapshotFile { files[place] }
}

extension MessageReader {
  /// Where `struct rtmsg` has the protocol and the type.
  private static let protocolOffset = NetlinkHeader.size + 5
  private static let typeOffset = NetlinkHeader.size + 7

  /// Made for a million routes: nothing is decoded but what decides.
  fileprivate func routeFile(at index: Int) -> SnapshotFile {
    let message = message(at: index)
    var offset = NetlinkHeader.size + RouteHeader.size
    while offset + 4 <= message.count {
      let word = message.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      let length = Int(UInt16(truncatingIfNeeded: word))
      if UInt16(word >> 16) & ~NetlinkAttribute.flagMask == RouteAttribute.nexthopID.rawValue { return .nexthopRoutes }
      guard length >= 4 else { break }
      offset += alignedToFour(length)
    }
    guard message.count > Self.typeOffset, message[Self.protocolOffset] == RouteProtocol.kernel.rawValue,
      message[Self.typeOffset] != RouteType.unicast.rawValue
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
    where isWanted: (Int) -> Bool, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows -> Int {
    var count = 0
    try withMessages { reader in
      var start: Int?
      for index in 0...reader.count {
        let isWanted = index < reader.count && isWanted(index)
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
