/// How a plugin of the container network names its interfaces.
struct CNIInterface {
  var plugin: String
  /// A name, or its beginning followed by `*`.
  var pattern: String
  /// What must not follow the beginning: names of others.
  var exceptions: [String] = []

  func matches(_ name: String) -> Bool {
    guard pattern.hasSuffix("*") else { return name == pattern }
    return name.hasPrefix(pattern.dropLast()) && !exceptions.contains { name.hasPrefix($0) }
  }

  /// Sources: the plugins' own documentation of what they make on a node.
  static let all = [
    Self(plugin: "calico", pattern: "cali*"), Self(plugin: "calico", pattern: "vxlan.calico"),
    Self(plugin: "calico", pattern: "vxlan-v6.calico"), Self(plugin: "calico", pattern: "wireguard.cali"),
    Self(plugin: "calico", pattern: "wg-v6.cali"),
    Self(plugin: "cilium", pattern: "cilium_*"),
    // `lxcbr0` is the bridge of LXC.
    Self(plugin: "cilium", pattern: "lxc*", exceptions: ["lxcbr"]),
    Self(plugin: "flannel", pattern: "flannel*"), Self(plugin: "bridge", pattern: "cni0"),
    Self(plugin: "kube-proxy", pattern: "kube-ipvs0"), Self(plugin: "kube-router", pattern: "kube-bridge"),
    Self(plugin: "kube-router", pattern: "kube-dummy-if"), Self(plugin: "kubenet", pattern: "cbr0"),
    Self(plugin: "weave", pattern: "weave"), Self(plugin: "weave", pattern: "vethwe*"),
    Self(plugin: "ovn-kubernetes", pattern: "ovn-k8s-*"), Self(plugin: "kube-ovn", pattern: "ovn0"),
    Self(plugin: "antrea", pattern: "antrea-*"), Self(plugin: "azure", pattern: "azv*"),
    Self(plugin: "submariner", pattern: "vx-submariner"),
  ]
}
