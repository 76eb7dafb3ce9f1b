/// `struct rtmsg` (linux/rtnetlink.h) and, with the same layout, `struct fib_rule_hdr` (linux/fib_rules.h).
public struct RouteHeader: Hashable, Sendable {
  static let size = 12

  public var family: UInt8
  /// Length of the destination prefix in bits.
  public var destinationLength: UInt8
  public var sourceLength: UInt8
  /// The type of service, in which IPv4's DSCP is kept.
  public var tos: UInt8
  /// The table if it is below 256; `RTA_TABLE` has it in full.
  public var table: UInt8
  /// `RTPROT_...` of a route; unused in a rule, whose protocol is `FRA_PROTOCOL`.
  public var `protocol`: UInt8
  /// `RT_SCOPE_...` of a route; unused in a rule.
  public var scope: UInt8
  /// `RTN_...` of a route, `FR_ACT_...` of a rule.
  public var type: UInt8
  /// `RTM_F_...` and `RTNH_F_...` of a route, `FIB_RULE_...` of a rule.
  public var flags: UInt32

  public init(
    family: UInt8, destinationLength: UInt8 = 0, sourceLength: UInt8 = 0, tos: UInt8 = 0, table: UInt8 = 0,
    protocol: UInt8 = 0, scope: UInt8 = 0, type: UInt8 = 0, flags: UInt32 = 0
  ) {
    self.family = family
    self.destinationLength = destinationLength
    self.sourceLength = sourceLength
    self.tos = tos
    self.table = table
    self.protocol = `protocol`
    self.scope = scope
    self.type = type
    self.flags = flags
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size, let flags = bytes.load(UInt32.self, at: 8) else { return nil }
    self.init(
      family: bytes[0], destinationLength: bytes[1], sourceLength: bytes[2], tos: bytes[3], table: bytes[4],
      protocol: bytes[5], scope: bytes[6], type: bytes[7], flags: flags)
  }

  func append(to bytes: inout [UInt8]) {
    bytes += [family, destinationLength, sourceLength, tos, table, `protocol`, scope, type]
    bytes.append(integer: flags)
  }
}
