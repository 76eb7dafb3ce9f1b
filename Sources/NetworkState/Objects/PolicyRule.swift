/// What of a policy rule decides how the kernel keys it and who owns it.
public struct PolicyRule: Hashable, Sendable {
  /// `FR_ACT_GOTO`.
  public static let goto: UInt8 = 2

  public var family: AddressFamily
  public var priority: UInt32
  public var table: UInt32
  public var `protocol`: RouteProtocol
  /// `FR_ACT_...`, linux/fib_rules.h.
  public var action: UInt8
  public var source: IPPrefix?
  public var destination: IPPrefix?
  public var mark: UInt32
  public var incomingInterface: String?
  public var outgoingInterface: String?
  public var isL3MasterDevice: Bool

  /// Nil for a message of another kind, and for a family other than IPv4 and IPv6.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .rule, let header = RouteHeader(frame.body),
      let family = AddressFamily(rawValue: header.family)
    else { return nil }
    self.family = family
    priority = 0
    table = UInt32(header.table)
    `protocol` = .unspecified
    action = header.type
    mark = 0
    isL3MasterDevice = false
    for attribute in AttributeCursor(frame.attributes) { take(attribute, header) }
  }

  private mutating func take(_ attribute: AttributeCursor.Element, _ header: RouteHeader) {
    let payload = attribute.payload
    switch RuleAttribute(rawValue: attribute.type) {
    case .destination: destination = IPAddress(payload).map { IPPrefix($0, length: header.destinationLength) }
    case .source: source = IPAddress(payload).map { IPPrefix($0, length: header.sourceLength) }
    case .priority: priority = payload.load(UInt32.self, at: 0) ?? 0
    case .table: table = payload.load(UInt32.self, at: 0) ?? table
    case .mark: mark = payload.load(UInt32.self, at: 0) ?? 0
    case .protocol: `protocol` = RouteProtocol(rawValue: payload.first ?? 0)
    case .incomingInterface: incomingInterface = payload.text
    case .outgoingInterface: outgoingInterface = payload.text
    case .l3mdev: isL3MasterDevice = payload.first == 1
    default: break
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Text up to the first NUL, as the kernel writes names.
  var text: String { String(decoding: prefix { $0 != 0 }, as: UTF8.self) }
}
