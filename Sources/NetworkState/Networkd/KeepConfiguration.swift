/// `KeepConfiguration=` of a link: what of its state is not dropped. Source: systemd.network(5).
public struct KeepConfiguration: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Static addresses and routes.
  public static let `static` = Self(rawValue: 1)
  /// What came by DHCP (and, from 257 on, router advertisements), when networkd starts.
  public static let dynamic = Self(rawValue: 2)
  /// What came by DHCP, when networkd stops.
  public static let dynamicOnStop = Self(rawValue: 4)
  public static let yes: Self = [.static, .dynamic, .dynamicOnStop]

  /// The value as written, also in the words of 243 to 256 (`dhcp`, `dhcp-on-stop`); nil for anything else.
  public init?(text: String) {
    switch text {
    case "static": self = .static
    case "dynamic", "dhcp": self = [.dynamic, .dynamicOnStop]
    case "dynamic-on-stop", "dhcp-on-stop": self = .dynamicOnStop
    default:
      guard let isYes = ConfigurationText.boolean(text) else { return nil }
      self = isYes ? .yes : []
    }
  }

  /// The value as written in versions from 257 on.
  public var text: String {
    switch self {
    case .yes: "yes"
    case .static: "static"
    case [.dynamic, .dynamicOnStop]: "dynamic"
    case .dynamicOnStop: "dynamic-on-stop"
    default: "no"
    }
  }
}
