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

  /// The value as a version reads it; nil for what it passes over. The words `dynamic` and `dynamic-on-stop` are known
  /// from 257 on, beside `dhcp` and `dhcp-on-stop`.
  public init?(text: String, version: NetworkdVersion = NetworkdVersion(257)) {
    let knowsDynamic = version >= NetworkdVersion(257)
    switch text {
    case "static": self = .static
    case "dhcp": self = [.dynamic, .dynamicOnStop]
    case "dhcp-on-stop": self = .dynamicOnStop
    case "dynamic" where knowsDynamic: self = [.dynamic, .dynamicOnStop]
    case "dynamic-on-stop" where knowsDynamic: self = .dynamicOnStop
    default:
      guard let isYes = ConfigurationText.boolean(text) else { return nil }
      self = isYes ? .yes : []
    }
  }

  /// The value as a version wants it written.
  public func text(for version: NetworkdVersion) -> String {
    version >= NetworkdVersion(257) ? text : text.replacing("dynamic", with: "dhcp")
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
