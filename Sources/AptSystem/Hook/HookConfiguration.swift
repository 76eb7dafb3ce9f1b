/// apt's configuration as the stream carries it.
public struct HookConfiguration: Sendable, Hashable {
  /// In the order in which they came; a list's members all have the key `LIST::`.
  public var settings: [AptOption]

  public init(settings: [AptOption] = []) {
    self.settings = settings
  }

  /// The last value of `key`; apt does not tell case apart.
  public subscript(_ key: String) -> String? {
    let wanted = key.lowercased()
    return settings.last { $0.key.lowercased() == wanted }?.value
  }

  /// Whether a switch is on. Source: `StringToBool` in apt 2.6's apt-pkg/contrib/strutl.cc.
  public func isOn(_ key: String) -> Bool {
    guard let value = self[key]?.lowercased() else { return false }
    if let number = Int(value) { return number != 0 }
    return ["yes", "true", "with", "on", "enable"].contains(value)
  }

  /// The settings that say where the node's packages are, for a collector that must see what apt sees.
  public var places: [AptOption] {
    settings.filter { setting in
      let key = setting.key.lowercased()
      return !key.hasSuffix("::") && Self.placeKeys.contains { key == $0 || key.hasPrefix("\($0)::") }
    }
  }

  private static let placeKeys = ["dir", "rootdir", "apt::architecture"]
}
