/// Link-local IPv6 addresses of links that are to have none: when networkd sets that the kernel is not to make them, it
/// takes away those that are there, whatever `KeepConfiguration=` says and whoever made them.
///
/// Sources: `link_request_to_set_addrgen_mode` (networkd-setlink.c), `link_drop_ipv6ll_addresses` (networkd-address.c) and
/// `link_ipv6ll_enabled` (networkd-ipv6ll.c). Tried with 252.39, 254.26, 257.13 and 262, where the links were not managed
/// before: a link that was managed so already has none.
extension LossPredictor {
  /// Links of these kinds have none from networkd, whatever `LinkLocalAddressing=` says.
  private static let kindsWithout: Set<String> = ["vrf", "wireguard", "ipip", "gre", "sit", "vti", "nlmon"]
  /// `ARPHRD_CAN`, linux/if_arp.h.
  private static let can: UInt16 = 280

  /// Nil if that does not take the address.
  func linkLocalRemoval(of address: InterfaceAddress) -> (why: String, isPutBack: Bool)? {
    guard restart.event == .restart, address.family == .ipv6, address.address.isLinkLocal, address.peer == nil,
      let link = links[address.index], let management = restart.managed[address.index],
      behaviour.takesLinkLocal(fromLinkThat: link.addressGeneration), !Self.hasLinkLocal(link, management)
    else { return nil }
    let isRequested = management.requested.addresses.contains(address.prefix)
    if isRequested, link.kind == "wireguard" { return nil }
    let why =
      "systemd-networkd \(restart.version) takes the link-local IPv6 addresses of `\(link.name)`, which is to have none "
      + "(\(management.file))"
    return (why, isRequested)
  }

  private static func hasLinkLocal(_ link: Link, _ management: LinkManagement) -> Bool {
    management.hasLinkLocalIPv6 && !link.isLoopback && link.hardwareType != can
      && !(link.kind.map(kindsWithout.contains) ?? false)
  }
}
