import GateModel

extension CheckedChange {
  /// Whether the network is watched while it applies: its restarts are shielded, or it does something to what
  /// configures the network.
  public var needsWatching: Bool { verdict == .shield || effects.contains(where: \.concernsNetwork) }
}

extension Effect {
  /// Whether it may change routes or addresses: what configures the network restarts, stops or starts, or its
  /// configuration changes.
  var concernsNetwork: Bool {
    switch kind {
    case .networkConfig: true
    case .restart, .stop, .start: Self.networkUnits.contains { unit?.hasPrefix($0) == true }
    case .reload, .reexec, .reboot, .kernel, .udev, .sysctl, .conffile, .trigger, .unknown: false
    }
  }

  private static let networkUnits = [
    "systemd-networkd", "systemd-network-generator", "NetworkManager", "networking", "network-manager", "ifup@",
    "netplan", "wicked", "connman", "dhcpcd", "wg-quick", "openvpn", "openvswitch", "ovs-vswitchd", "frr", "bird",
  ]
}
