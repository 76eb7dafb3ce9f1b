import TestSupport

/// Makes random nodes: the same seed and index, the same node.
struct ScenarioGenerator {
  /// The links that may be managed, each with the prefix of its addresses. `up0` is the uplink by DHCP.
  static let links = ["v0", "v2", "br0", "up0"]
  static let configurationFolders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].map { $0 + "/systemd" }

  var seed: Seed
  /// The major version of systemd, for what only some versions know.
  let major: Int
  var scenario = NetworkdScenario()

  static func scenario(seed: UInt64, index: Int, major: Int) -> NetworkdScenario {
    var mixed = Seed(value: seed &+ UInt64(index) &* 0x9E37_79B9)
    var generator = Self(seed: Seed(value: mixed.next()), major: major)
    generator.generate()
    return generator.scenario
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[seed.below(choices.count)] }
  /// True once in `times`.
  mutating func once(in times: Int) -> Bool { seed.below(times) == 0 }

  private mutating func generate() {
    let hasUplink = once(in: 2)
    makeLinks(hasUplink: hasUplink)
    let managed = (["v0", "v2", "br0"].filter { _ in !once(in: 3) } + (hasUplink ? ["up0"] : []))
    for (place, link) in managed.enumerated() { addNetworkFile(link, rank: place) }
    if once(in: 12) { addNetworkFile("lo", rank: 9) }
    addSettings()
    addForeign(unmanaged: Self.links.filter { !managed.contains($0) && $0 != "up0" }, hasUplink: hasUplink)
    changeLater(managed)
  }

  private mutating func makeLinks(hasUplink: Bool) {
    scenario.links = [
      "link add v0 address 02:00:00:00:00:10 type veth peer name v1", "link add v2 type veth peer name v3",
      "link add br0 type bridge", "link add p0 type veth peer name p1", "link set p0 master br0",
    ]
    scenario.links += ["v0", "v1", "v2", "v3", "br0", "p0", "p1"].map { "link set \($0) up" }
    scenario.links.append("link property add dev v0 altname alt-v0")
    if hasUplink {
      scenario.links.append("link add up0 type veth peer name peer0")
      scenario.uplink = .init(advertises: once(in: 3))
    }
    scenario.udev["lo"] = [:]
    for link in ["v0", "v1", "v2", "v3", "p0", "p1", "br0"] + (hasUplink ? ["up0"] : []) {
      let driver = link == "br0" ? "bridge" : "veth"
      scenario.udev[link] = ["ID_NET_DRIVER": driver, "ID_PATH": "lab-\(link)", "LAB_NAME": link]
    }
    scenario.udev["br0"]?["DEVTYPE"] = "bridge"
    if once(in: 12) {
      let owner = pick(["org.freedesktop.NetworkManager", "io.systemd.Network"])
      scenario.udev[pick(["v0", "v2", "br0"])]?["ID_NET_MANAGED_BY"] = owner
    }
  }

  // MARK: networkd.conf

  private mutating func addSettings() {
    if once(in: 3) { return }
    if once(in: 2) { scenario.files["\(pick(Self.configurationFolders))/networkd.conf"] = .text(settings()) }
    for _ in 0..<seed.below(4) {
      let name = pick(["10-a.conf", "50-b.conf", "80-release.conf", "99-z.conf", "30-no.txt"])
      scenario.files["\(pick(Self.configurationFolders))/networkd.conf.d/\(name)"] =
        once(in: 8) ? pick([.mask, .text("")]) : .text(settings())
    }
  }

  private mutating func settings() -> String {
    var text = pick(["[Network]\n", "[Network]\n", "# note\n[DHCPv4]\nDUIDType=vendor\n\n[Network]\n", "[DHCP]\n"])
    for key in ["ManageForeignRoutes", "ManageForeignRoutingPolicyRules", "ManageForeignNextHops"] where !once(in: 3) {
      text += "\(key)=\(pick(["no", "no", "no", "yes", "false", "0", "on", "perhaps", "", "FALSE", "off", "n", "T"]))\n"
    }
    return text
  }

  // MARK: what changes while networkd runs

  private mutating func changeLater(_ managed: [String]) {
    guard once(in: 4) else { return }
    switch seed.below(4) {
    case 0:
      // The Azure incident: udev has lost what the file asks for.
      let link = pick(Self.links.filter { scenario.udev[$0] != nil })
      scenario.laterUdev[link] = ["ID_PATH": "lab-\(link)"]
    case 1:
      let files = scenario.files.keys.filter { $0.hasSuffix(".network") }.sorted()
      if !files.isEmpty { scenario.laterFiles[pick(files)] = .removed }
    case 2:
      scenario.laterFiles["\(pick(Self.configurationFolders))/networkd.conf.d/60-later.conf"] = .text(settings())
    default:
      let files = scenario.files.keys.filter { $0.hasSuffix(".network") }.sorted()
      guard !files.isEmpty else { return }
      let name = pick(files).split(separator: "/").last.map(String.init) ?? ""
      scenario.laterFiles["\(pick(Self.configurationFolders))/network/\(name).d/later.conf"] =
        .text("[Network]\nKeepConfiguration=\(keep())\n")
    }
  }

  mutating func keep() -> String {
    pick([
      "no", "static", "static", "dhcp", "dhcp-on-stop", "yes", "yes", "dynamic", "dynamic-on-stop", "maybe", "", "true",
      "0", "Static", "on",
    ])
  }
}
