import Documents
import Policy

extension PolicySet {
  /// What is gated where no policy can be read at all: what can take the network or the node away. Without rules
  /// nothing of it passes, and everything else does (G5).
  static var unreadable: PolicySet {
    let text = """
      apiVersion: apt-gate/v1
      name: policies-cannot-be-read
      gated:
        - source: [systemd, udev, netplan.io, ifupdown, ifupdown2, network-manager, glibc, linux, "linux-signed-*"]
        - effects:
            - kind: [restart, stop]
              unit: [systemd-networkd.service, NetworkManager.service, networking.service]
            - kind: network-config
      rules: []
      """
    return load([DocumentSource(name: "built-in", text: text)]).set
  }
}
