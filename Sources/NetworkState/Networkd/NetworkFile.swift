/// A `.network` file with its drop-ins. Source: systemd.network(5).
public struct NetworkFile: Sendable, Hashable {
  public var path: String
  /// The file and its drop-ins.
  public var paths: [String]
  public var management: LinkManagement
  /// `Unmanaged=yes`: links that match are left alone.
  public var isUnmanaged: Bool
  /// What was passed over.
  public var warnings: [String]
  let match: NetworkMatch

  /// Reads a file and the drop-ins that apply to it, in their order.
  public init(_ file: ConfigurationFile, dropIns: [ConfigurationFile] = [], version: NetworkdVersion) {
    path = file.path
    paths = [file.path] + dropIns.map(\.path)
    var text = ConfigurationText(file.text)
    warnings = text.warnings.map { "\(file.path): \($0)" }
    for dropIn in dropIns {
      let part = ConfigurationText(dropIn.text)
      warnings += part.warnings.map { "\(dropIn.path): \($0)" }
      text.append(part)
    }
    match = NetworkMatch(text.merged("Match"))
    isUnmanaged = text.merged("Link")["Unmanaged"].flatMap(ConfigurationText.boolean) ?? false
    management = LinkManagement(file: file.path)
    read(text, version)
  }

  private mutating func read(_ text: ConfigurationText, _ version: NetworkdVersion) {
    let network = text.merged("Network")
    readKeep(network, text, version)
    let dhcp = network["DHCP"] ?? "no"
    management.usesDHCPv4 = dhcp == "ipv4" || dhcp == "v4" || dhcp == "both" || ConfigurationText.boolean(dhcp) == true
    let usesDHCPv6 = dhcp == "ipv6" || dhcp == "v6" || dhcp == "both" || ConfigurationText.boolean(dhcp) == true
    // Router advertisements are accepted unless the link forwards or has no IPv6 of its own.
    let accepts = network["IPv6AcceptRA"].flatMap(ConfigurationText.boolean) ?? true
    management.usesDynamicIPv6 = usesDHCPv6 || accepts
    management.requested = RequestedConfiguration(text)
    let linkLocal = network["LinkLocalAddressing"] ?? (Self.isPort(network) ? "no" : "ipv6")
    let isOn = linkLocal == "ipv6" || ConfigurationText.boolean(linkLocal) == true
    management.hasLinkLocalIPv6 = isOn && network.values("Bond").isEmpty
  }

  /// Whether `LinkLocalAddressing=` is `no` if it is not set. Source: `network_verify` in networkd-network.c.
  private static func isPort(_ network: ConfigurationText.Section) -> Bool {
    !network.values("Bridge").isEmpty || network["KeepMaster"].flatMap(ConfigurationText.boolean) == true
  }

  private mutating func readKeep(
    _ network: ConfigurationText.Section, _ text: ConfigurationText, _ version: NetworkdVersion
  ) {
    var keep: KeepConfiguration?
    for value in network.entries.filter({ $0.key == "KeepConfiguration" }).map(\.value) {
      if value.isEmpty {
        if version >= NetworkdVersion(257) { keep = nil }
      } else if let stated = KeepConfiguration(text: value, version: version) {
        keep = stated
      } else {
        warnings.append("\(path): KeepConfiguration=`\(value)` is no value that \(version) knows; it is passed over")
      }
    }
    let sections = ["DHCP", "DHCPv4"].map(text.merged)
    management.isCritical =
      sections.compactMap { $0["CriticalConnection"].flatMap(ConfigurationText.boolean) }.last ?? false
    // 243 and later read it as `KeepConfiguration=yes` where that is not set.
    management.keep = keep ?? (management.isCritical ? .yes : [])
  }
}
