import NetworkState
import Testing

@Suite struct NetworkdConfigurationTests {
  private func file(_ path: String, _ text: String) -> ConfigurationFile { ConfigurationFile(path: path, text: text) }

  @Test func versions() {
    #expect(NetworkdVersion("252.38-1~deb12u1") == NetworkdVersion(252, 38))
    #expect(NetworkdVersion("systemd 252 (252.38-1~deb12u1)") == NetworkdVersion(252, 38))
    #expect(NetworkdVersion("v249.11") == NetworkdVersion(249, 11))
    #expect(NetworkdVersion("247.3-7+deb11u5") == NetworkdVersion(247, 3))
    #expect(NetworkdVersion("257~rc1-2") == NetworkdVersion(257))
    #expect(NetworkdVersion("none") == nil)
    #expect(NetworkdVersion(247, 10) > NetworkdVersion(247, 4))
  }

  @Test func dropInsByNameAndRank() {
    let files = [
      file("/etc/systemd/networkd.conf", "[Network]\nManageForeignRoutes=no\nManageForeignNextHops=no\n"),
      file("/usr/lib/systemd/networkd.conf.d/80-a.conf", "[Network]\nManageForeignRoutes=yes\n"),
      file("/etc/systemd/networkd.conf.d/50-b.conf", "[Network]\nManageForeignRoutingPolicyRules=off\n"),
      file("/run/systemd/networkd.conf.d/50-b.conf", "[Network]\nManageForeignRoutes=no\n"),
      file("/run/systemd/networkd.conf.d/90-c.conf", "[Network]\nManageForeignNextHops=yes\n"),
      file("/etc/systemd/networkd.conf.d/90-c.conf", ""),
    ]
    let settings = NetworkdSettings(files: files, version: NetworkdVersion(256))
    #expect(settings.managesForeignRoutes && !settings.managesForeignRules && !settings.managesForeignNexthops)
    #expect(
      settings.files == [
        "/etc/systemd/networkd.conf", "/etc/systemd/networkd.conf.d/50-b.conf",
        "/usr/lib/systemd/networkd.conf.d/80-a.conf",
      ])
  }

  @Test func mainFileOutsideEtcCountsFrom256On() {
    let files = [file("/usr/lib/systemd/networkd.conf", "[Network]\nManageForeignRoutes=no\n")]
    #expect(NetworkdSettings(files: files, version: NetworkdVersion(255, 4)).managesForeignRoutes)
    #expect(!NetworkdSettings(files: files, version: NetworkdVersion(256)).managesForeignRoutes)
  }

  @Test func brokenValuesAreWarnedOfWithTheirLine() {
    let files = [file("/etc/systemd/networkd.conf", "[Network]\n# comment\nManageForeignRoutes=nope\nrubbish\n")]
    let settings = NetworkdSettings(files: files, version: NetworkdVersion(252))
    #expect(settings.managesForeignRoutes && settings.warnings.count == 2)
    #expect(settings.warnings.contains { $0.hasPrefix("/etc/systemd/networkd.conf:3: `nope`") })
  }

  @Test func continuedLinesAndComments() {
    let text = ConfigurationText("[A]\nKey=one \\\n# between\n  two\n;x=1\n[B]\nKey=\nOther = a=b \n")
    #expect(text.merged("A")["Key"] == "one  two")
    #expect(text.merged("B")["Key"] == "" && text.merged("B")["Other"] == "a=b")
  }

  private func identity(
    _ name: String, mac: [UInt8] = [2, 0, 0, 0, 0, 1], properties: [String: String] = [:]
  ) throws -> LinkIdentity {
    var link = try #require(try NetworkSnapshot([RouteMaker.link(2, name)]).links.first)
    link.hardwareAddress = mac
    link.alternativeNames = ["enp0s3"]
    return LinkIdentity(link: link, properties: properties)
  }

  private func matches(_ match: String, _ identity: LinkIdentity) -> Bool {
    let files = [file("/etc/systemd/network/a.network", "[Match]\n\(match)\n[Network]\nDHCP=yes\n")]
    return NetworkFiles(files, version: NetworkdVersion(252)).management(of: identity, on: NodeIdentity(host: "n1"))
      != nil
  }

  @Test(arguments: [
    ("Name=eth*", true), ("Name=ens* eth0", true), ("Name=!eth*", false), ("Name=!wlan* ens*", true),
    ("Name=enp0s3", true),
    ("Name=!enp0s3", false), ("Type=ether", true), ("Type=bridge", false), ("MACAddress=02:00:00:00:00:01", true),
    ("MACAddress=02-00-00-00-00-02", false), ("Driver=virtio*", true), ("Driver=e1000", false), ("Path=pci-*", false),
    ("Property=ID_X=1 !ID_Y=2", true), ("Property=ID_X=2", false), ("Host=n1", true), ("Host=!n1", false), ("", false),
    ("Name=eth0\nDriver=virtio_net", true), ("Name=eth0\nDriver=e1000", false), ("Name=wlan0\nName=eth0", true),
  ])
  func matching(match: String, expected: Bool) throws {
    let identity = try identity("eth0", properties: ["ID_NET_DRIVER": "virtio_net", "ID_X": "1"])
    #expect(matches(match, identity) == expected)
  }

  /// The Azure incident: udev's database has lost the property that `Driver=` asks for.
  @Test func lostPropertyLosesTheMatch() throws {
    let text = "[Match]\nDriver=hv_netvsc\nName=eth0\n[Network]\nDHCP=ipv4\n"
    let files = NetworkFiles(
      [file("/run/systemd/network/10-netplan-eth0.network", text)], version: NetworkdVersion(237))
    let before = LinkIdentity.udevProperties("I:1\nE:ID_NET_DRIVER=hv_netvsc\nE:ID_PATH=a=b\nG:systemd\n")
    #expect(before["ID_PATH"] == "a=b")
    #expect(try files.management(of: identity("eth0", properties: before), on: NodeIdentity())?.usesDHCPv4 == true)
    #expect(try files.management(of: identity("eth0"), on: NodeIdentity()) == nil)
  }

  @Test func firstMatchDecidesAlsoByUnmanaged() throws {
    let files = NetworkFiles(
      [
        file("/etc/systemd/network/20-all.network", "[Match]\nName=*\n[Network]\nDHCP=yes\n"),
        file("/usr/lib/systemd/network/10-eth.network", "[Match]\nName=eth*\n[Link]\nUnmanaged=yes\n"),
      ], version: NetworkdVersion(252))
    #expect(try files.management(of: identity("eth0"), on: NodeIdentity()) == nil)
    #expect(
      try files.management(of: identity("ens3"), on: NodeIdentity())?.file == "/etc/systemd/network/20-all.network")
    let managedByOther = try identity("ens3", properties: ["ID_NET_MANAGED_BY": "org.NetworkManager"])
    #expect(files.management(of: managedByOther, on: NodeIdentity()) != nil)
    let newer = NetworkFiles(
      [file("/etc/systemd/network/a.network", "[Match]\nName=*\n")], version: NetworkdVersion(255))
    #expect(newer.management(of: managedByOther, on: NodeIdentity()) == nil)
  }

  @Test func dropInsOfANetworkFile() throws {
    let all = [
      file(
        "/run/systemd/network/10-netplan-eth0.network",
        "[Match]\nName=eth0\n[Network]\nDHCP=ipv4\nKeepConfiguration=no\n"),
      file(
        "/etc/systemd/network/10-netplan-eth0.network.d/keep.conf",
        "[Network]\nKeepConfiguration=yes\nAddress=198.18.0.1/24\n"),
      file("/etc/systemd/network/other.network.d/keep.conf", "[Network]\nKeepConfiguration=static\n"),
    ]
    let management = NetworkFiles(all, version: NetworkdVersion(252)).management(
      of: try identity("eth0"), on: NodeIdentity())
    #expect(management?.keep == .yes && management?.usesDHCPv4 == true)
    #expect(management?.requested.addresses == [try #require(IPPrefix("198.18.0.1/24"))])
  }

  @Test func keepConfiguration() {
    let values: [String: KeepConfiguration] = [
      "yes": .yes, "no": [], "static": .static, "dhcp": [.dynamic, .dynamicOnStop], "dynamic-on-stop": .dynamicOnStop,
      "dhcp-on-stop": .dynamicOnStop, "1": .yes,
    ]
    for (text, value) in values { #expect(KeepConfiguration(text: text) == value) }
    #expect(KeepConfiguration(text: "sometimes") == nil)
  }
}
