/// What `[Match]` of a `.network` file can ask of a link: the kernel's view and udev's.
public struct LinkIdentity: Sendable, Hashable {
  public var link: Link
  /// The properties of udev's database and of the kernel's `uevent` (`DEVTYPE`).
  public var properties: [String: String]
  /// The Wi-Fi network that it is in; nil if it is in none or that is not known.
  public var ssid: String?

  public init(link: Link, properties: [String: String] = [:], ssid: String? = nil) {
    self.link = link
    self.properties = properties
    self.ssid = ssid
  }

  /// The properties in a file of udev's database (`/run/udev/data/nINDEX`): the lines `E:KEY=VALUE`.
  public static func udevProperties(_ text: String) -> [String: String] {
    var properties: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("E:") {
      let pair = line.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { properties[String(pair[0])] = String(pair[1]) }
    }
    return properties
  }

  /// The properties in a file `uevent` of `/sys`: lines `KEY=VALUE`.
  public static func kernelProperties(_ text: String) -> [String: String] {
    udevProperties(text.split(separator: "\n").map { "E:" + $0 }.joined(separator: "\n"))
  }

  /// The name of its type as networkd has it: the kernel's `DEVTYPE`, or the name of the hardware type in lower case.
  /// Source: `link_get_type_string`.
  var type: String? {
    if let type = properties["DEVTYPE"] { return type }
    // Kinds whose drivers set DEVTYPE.
    let typed: Set<String> = [
      "bridge", "vlan", "bond", "vxlan", "geneve", "wireguard", "macsec", "gretap", "ip6gretap",
    ]
    if let kind = link.kind, typed.contains(kind) { return kind }
    switch link.hardwareType {
    case 1: return "ether"
    case 32: return "infiniband"
    case 280: return "can"
    case 512: return "ppp"
    case 768: return "tunnel"
    case 769: return "tunnel6"
    case 772: return "loopback"
    case 776: return "sit"
    case 778: return "ipgre"
    case 823: return "ip6gre"
    case 0xFFFE: return "none"
    default: return nil
    }
  }
}
