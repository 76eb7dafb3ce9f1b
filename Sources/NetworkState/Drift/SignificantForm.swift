/// What of a message counts when two snapshots are compared: everything but what changes by itself.
///
/// Left out are times (cache information, lifetimes that run out, timers), what hardware reports, whether names of
/// links are resolved at present, and, for a route with a nexthop object, what the kernel copies from the object.
enum SignificantForm {
  /// Appends the form of a message to `bytes`; two messages say the same if and only if their forms are equal.
  static func append(_ frame: MessageFrame, to bytes: inout [UInt8]) {
    appendFixed(frame, to: &bytes)
    let isByObject =
      frame.kind == .route && AttributeCursor.find(RouteAttribute.nexthopID.rawValue, in: frame.attributes) != nil
    for attribute in AttributeCursor(frame.attributes) {
      guard !isByObject || !copiedFromNexthop.contains(attribute.type) else { continue }
      appendAttribute(attribute, of: frame, to: &bytes)
    }
  }

  private static let copiedFromNexthop: Set<UInt16> = Set(
    [RouteAttribute.gateway, .outgoingInterface, .via, .multipath, .encapsulation, .encapsulationType].map(\.rawValue))

  /// `RTNH_F_OFFLOAD`, `RTNH_F_TRAP`, `RTM_F_OFFLOAD`, `RTM_F_TRAP`, `RTM_F_OFFLOAD_FAILED`.
  private static let hardwareFlags: UInt32 = 0x2000_C048
  /// `FIB_RULE_UNRESOLVED`, `FIB_RULE_IIF_DETACHED`, `FIB_RULE_OIF_DETACHED`.
  private static let resolutionFlags: UInt32 = 0x1C
  /// `IFA_F_OPTIMISTIC`, `IFA_F_DEPRECATED`, `IFA_F_TENTATIVE`.
  private static let passingAddressFlags: UInt32 = 0x64

  private static func appendFixed(_ frame: MessageFrame, to bytes: inout [UInt8]) {
    guard var fixed = FixedHeader(frame.kind, frame.body) else { return }
    switch fixed {
    case .route(var header):
      header.flags &= ~hardwareFlags
      fixed = .route(header)
    case .rule(var header):
      header.flags &= ~resolutionFlags
      fixed = .rule(header)
    case .nexthop(var header):
      header.flags &= ~hardwareFlags
      fixed = .nexthop(header)
    case .address(var header):
      header.flags &= ~UInt8(passingAddressFlags)
      fixed = .address(header)
    case .link(var header):
      header.changeMask = 0
      fixed = .link(header)
    case .neighbour: break
    }
    fixed.append(to: &bytes)
  }

  private static func appendAttribute(
    _ attribute: AttributeCursor.Element, of frame: MessageFrame, to bytes: inout [UInt8]
  ) {
    switch frame.kind {
    case .route where RouteAttribute(rawValue: attribute.type) == .cacheInfo: return
    case .route where RouteAttribute(rawValue: attribute.type) == .expires: return
    case .neighbour where NeighbourAttribute(rawValue: attribute.type) == .cacheInfo: return
    case .neighbour where NeighbourAttribute(rawValue: attribute.type) == .probes: return
    case .nexthop where NexthopAttribute(rawValue: attribute.type) == .resilientGroup: return
    case .address where AddressAttribute(rawValue: attribute.type) == .cacheInfo:
      append(attribute, payload: lifetimes(attribute.payload), to: &bytes)
    case .address where AddressAttribute(rawValue: attribute.type) == .flags:
      let flags = (attribute.payload.load(UInt32.self, at: 0) ?? 0) & ~passingAddressFlags
      append(attribute, payload: withUnsafeBytes(of: flags, Array.init), to: &bytes)
    case .link where !linkAttributes.contains(attribute.type): return
    case .link where LinkAttribute(rawValue: attribute.type) == .information:
      let kind = AttributeCursor.find(LinkInformationAttribute.kind.rawValue, in: attribute.payload)
      append(attribute, payload: kind.map(Array.init) ?? [], to: &bytes)
    default: append(attribute, payload: attribute.payload, to: &bytes)
    }
  }

  private static let linkAttributes: Set<UInt16> = Set(
    [
      LinkAttribute.address, .name, .mtu, .link, .master, .operationalState, .information, .alias, .group, .properties,
    ].map(\.rawValue))

  private static func append(
    _ attribute: AttributeCursor.Element, payload: some Collection<UInt8>, to bytes: inout [UInt8]
  ) {
    bytes.append(integer: UInt32(attribute.type) | UInt32(truncatingIfNeeded: payload.count) << 16)
    bytes.append(contentsOf: payload)
  }

  /// Of lifetimes only whether they end.
  private static func lifetimes(_ payload: UnsafeRawBufferPointer) -> [UInt8] {
    [0, 4].map { payload.load(UInt32.self, at: $0) == .max ? 1 : 0 }
  }
}
