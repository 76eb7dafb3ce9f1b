import TestSupport

/// `.network` files.
extension ScenarioGenerator {
  private static let prefixes = ["v0": "198.19.0", "v2": "198.19.2", "br0": "198.19.3"]
  private static let numbers = ["v0": 1, "v2": 2, "br0": 3, "up0": 4, "lo": 5]

  mutating func addNetworkFile(_ link: String, rank: Int) {
    let name = "\(10 * (rank + 1))-\(link).network"
    let folder = pick(Self.configurationFolders) + "/network"
    scenario.files["\(folder)/\(name)"] = .text(match(link) + body(link))
    if once(in: 10) {
      // A file of the same name in another folder: only the one of the higher rank counts.
      let other = pick(Self.configurationFolders) + "/network/\(name)"
      if scenario.files[other] == nil { scenario.files[other] = pick([.mask, .text(match(link) + body(link))]) }
    }
    for dropIn in ["keep.conf", "more.conf"] where once(in: 5) {
      let text = pick(["[Network]\nKeepConfiguration=\(keep())\n", "[Network]\nLLDP=no\n", "[Link]\nUnmanaged=no\n"])
      scenario.files["\(pick(Self.configurationFolders))/network/\(name).d/\(dropIn)"] = .text(text)
    }
    if once(in: 15) { scenario.files["\(folder)/05-\(link).network"] = .text(match(link) + "[Link]\nUnmanaged=yes\n") }
  }

  private mutating func match(_ link: String) -> String {
    var choices = [
      "Name=\(link)", "Name=\(link)", "Name=\(link) nothing*", "Name=\(link.prefix(2))*", "Property=LAB_NAME=\(link)",
      "Path=lab-\(link)", "Name=!v* !lo !p* !br* !up*\nName=\(link)",
    ]
    if link == "v0" { choices += ["MACAddress=02:00:00:00:00:10", "MACAddress=00:11:22:33:44:55 02:00:00:00:00:10"] }
    if link == "v0" { choices += ["Name=alt-v0", "Name=v0\nHost=!nosuch", "Name=v0\nKernelVersion=!1.*"] }
    if link == "v0" { choices += ["Driver=veth\nName=v0", "Driver=virtio*\nName=v0", "Type=ether\nName=v0"] }
    if link == "br0" { choices += ["Type=bridge", "Driver=bridge"] }
    if link == "v2" {
      choices += ["Property=LAB_NAME=v2 !LAB_NONE=1", "Name=v2\nProperty=LAB_NAME=v9", "Kind=veth\nName=v2"]
    }
    return "[Match]\n\(pick(choices))\n"
  }

  private mutating func body(_ link: String) -> String {
    var text = "[Network]\n"
    if !once(in: 4) { text += "KeepConfiguration=\(keep())\n" }
    if once(in: 6) { text += "LinkLocalAddressing=no\n" }
    let advertised = link == "up0" && scenario.uplink?.advertises == true
    if !advertised || once(in: 4) { text += "IPv6AcceptRA=no\n" }
    var sections = ""
    if link == "up0" {
      text += "DHCP=\(pick(advertised ? ["yes", "ipv4", "ipv6"] : ["ipv4"]))\n"
      if once(in: 4) { sections += "[DHCPv4]\nUseRoutes=\(pick(["no", "yes"]))\n" }
      if once(in: 6) { sections += "[DHCPv4]\nRouteMetric=\(pick([100, 200]))\n" }
      if once(in: 8) { sections += "[DHCP]\nCriticalConnection=\(pick(["yes", "no"]))\n" }
    }
    if let prefix = Self.prefixes[link] {
      // A gateway that no address reaches would keep networkd from ever having configured the link.
      let hasNet = !once(in: 3)
      text += hasNet ? "Address=\(prefix).1/24\n" : pick(["Address=\(prefix).1/32\n", ""])
      if once(in: 5) { text += "Address=\(prefix).9/24\n" }
      if once(in: 4) { text += "Address=2001:db8:\(Self.numbers[link] ?? 9)::1/64\n" }
      if hasNet, once(in: 4) { text += "Gateway=\(prefix).254\n" }
      sections += requested(link, prefix, hasNet: hasNet)
    }
    return text + sections
  }

  private mutating func requested(_ link: String, _ prefix: String, hasNet: Bool) -> String {
    let number = Self.numbers[link] ?? 9
    var text = ""
    if once(in: 5) {
      text += "[Address]\nAddress=\(prefix).33/24\n\(pick(["", "Label=\(link):x\n", "Broadcast=\(prefix).255\n"]))"
    }
    if once(in: 4) {
      text += "[Route]\nDestination=198.19.\(100 + number).0/24\nScope=link\n"
      text += pick(["", "Metric=77\n", "Table=200\n", "Table=70000\n", "Protocol=static\n"])
    }
    if once(in: 6) {
      text += "[Route]\nDestination=198.19.\(110 + number).0/24\nType=\(pick(["blackhole", "unreachable"]))\n"
    }
    if once(in: 5) {
      text += "[RoutingPolicyRule]\nFrom=198.19.\(100 + number).0/24\nTable=200\nPriority=\(500 + number)\n"
    }
    if once(in: 6) {
      text += "[Route]\nDestination=2001:db8:\(200 + number)::/64\n"
      text += pick(["Metric=88\n", "Table=300\n", "Protocol=bird\n", "Type=unreachable\n"])
    }
    if once(in: 6) {
      let number = 600 + number
      text += pick([
        "[RoutingPolicyRule]\nFamily=both\nTable=200\nPriority=\(number)\n",
        "[RoutingPolicyRule]\nFirewallMark=7\nTable=200\nPriority=\(number)\n",
        "[RoutingPolicyRule]\nIncomingInterface=v0\nTable=70000\nPriority=\(number)\n",
        "[RoutingPolicyRule]\nTo=2001:db8:9::/48\nTable=200\nPriority=\(number)\n",
      ])
    }
    if hasNet, once(in: 8) {
      text += "[Route]\nDestination=198.19.\(140 + number).0/24\nGateway=\(prefix).7\n\(pick(["", "Table=300\n"]))"
    }
    if once(in: 8) { text += "[Neighbor]\nAddress=\(prefix).99\nLinkLayerAddress=02:00:00:00:00:99\n" }
    if hasNet, once(in: 8), major >= 248 { text += "[NextHop]\nId=\(70 + number)\nGateway=\(prefix).8\n" }
    return text
  }
}
