import AptSystem
import TestSupport
import Testing

@Suite struct HookStreamParserTests {
  private func parse(_ text: String) -> HookTransaction { HookStreamParser.transaction(in: Array(text.utf8)) }

  /// What apt 2.6 wrote for `apt-get install` of one package, less most of its configuration.
  private let recorded = """
    VERSION 3
    APT::Architecture=amd64
    Debug::pkgDPkgPM=1
    Dir=/%20a
    DPkg::Pre-Install-Pkgs::=/usr/bin/apt-gate%20hook%20pre-install

    linux-image-6.1.0-30 6.1.124-1 amd64 none > - - none **REMOVE**
    systemd 252.38-1~deb12u1 amd64 foreign < 252.39-1~deb12u2 amd64 foreign /var/cache/apt/archives/systemd_252.39 x.deb
    newpkg - - none < 1:1.0 all no /var/cache/apt/archives/newpkg_1%3a1.0_all.deb
    systemd 252.38-1~deb12u1 amd64 foreign < 252.39-1~deb12u2 amd64 foreign **CONFIGURE**
    half 2.0 amd64 same = 2.0 amd64 same **CONFIGURE**

    """

  @Test func aStreamOfAptIsRead() {
    let transaction = parse(recorded)
    #expect(transaction.problems == [])
    #expect(transaction.protocolVersion == 3)
    #expect(transaction.isDryRun)
    #expect(transaction.configuration["dir"] == "/ a")
    #expect(transaction.configuration.places.map(\.key) == ["APT::Architecture", "Dir"])
    #expect(transaction.actions.count == 5)
  }

  @Test func packagesAreTheLinesPutTogether() {
    let packages = parse(recorded).packages
    #expect(packages.map(\.name) == ["linux-image-6.1.0-30", "systemd", "newpkg", "half"])
    #expect(packages[0].action == .remove && packages[0].to == nil && packages[0].from == "6.1.124-1")
    #expect(packages[1].action == .install(path: "/var/cache/apt/archives/systemd_252.39 x.deb"))
    #expect(packages[1].from == "252.38-1~deb12u1" && packages[1].to == "252.39-1~deb12u2")
    #expect(packages[2].from == nil && packages[2].architecture == "all" && packages[2].to == "1:1.0")
    #expect(packages[3].action == .configure && packages[3].from == "2.0" && packages[3].to == "2.0")
  }

  @Test func aRemovalBeforeAnInstallationIsAnUpgrade() throws {
    let packages = parse("VERSION 3\n\na 1 amd64 no < 2 amd64 no **REMOVE**\na - - none < 2 amd64 no /a.deb\n").packages
    let package = try #require(packages.first)
    #expect(packages.count == 1)
    #expect(package.from == "1" && package.to == "2" && package.action == .install(path: "/a.deb"))
  }

  @Test func olderVersionsAreReadAsFarAsTheyGo() {
    let second = parse("VERSION 2\nA=b\n\nx 1 < 2 /x.deb\nx 1 < 2 **CONFIGURE**\ny 1 > - **REMOVE**\n")
    #expect(second.problems == [])
    #expect(second.packages.map(\.name) == ["x", "y"])
    #expect(second.packages.allSatisfy { $0.architecture == nil })
    let first = parse("/a_1_all.deb\n/b_1_all.deb\n")
    #expect(first.problems == [] && first.protocolVersion == 1)
    #expect(first.packages.map(\.action) == [.install(path: "/a_1_all.deb"), .install(path: "/b_1_all.deb")])
  }

  @Test(arguments: [
    "VERSION 3\nA=b\n", "VERSION 3\n\nx 1 amd64 no < 2 amd64 no /x.d", "VERSION 9\n\n", "VERSION 3\nnothing\n\n",
    "VERSION 3\n\nx 1 < 2 /x.deb\n", "VERSION 3\n\nx 1 amd64 no ? 2 amd64 no /x.deb\n",
    "VERSION 3\n\nx 1 amd64 no < 2 amd64 no x.deb\n", "VERSION 3\n\nx  amd64 no < 2 amd64 no /x.deb\n", "x.deb\n",
  ])
  func whatIsNotUnderstoodIsAProblem(text: String) {
    #expect(!parse(text).problems.isEmpty)
  }

  @Test func manyProblemsAreCounted() {
    let problems = parse("VERSION 3\n\n" + String(repeating: "?\n", count: 30)).problems
    #expect(problems.count == 11)
    #expect(problems.last == "and 20 more")
  }

  @Test func whatAptWritesIsReadBack() {
    var seed = Seed("hook stream round trip")
    for _ in 0..<2000 {
      let transaction = seed.transaction()
      #expect(HookStreamParser.transaction(in: HookStream.bytes(of: transaction)) == transaction)
    }
  }

  /// Every byte string is some transaction; a broken one says so or has every line of the whole one.
  @Test func brokenStreamsNeverPassForWhole() {
    var seed = Seed("broken hook streams")
    for _ in 0..<3000 {
      let bytes = HookStream.bytes(of: seed.transaction())
      guard !bytes.isEmpty else { continue }
      let cut = HookStreamParser.transaction(in: Array(bytes.prefix(seed.below(bytes.count))))
      let whole = HookStreamParser.transaction(in: bytes)
      #expect(!cut.problems.isEmpty || cut.actions.count <= whole.actions.count)
      var mutated = bytes
      for _ in 0...seed.below(4) { mutated[seed.below(mutated.count)] = seed.number() }
      _ = HookStreamParser.transaction(in: mutated).packages
      _ = HookStreamParser.transaction(in: seed.bytes(seed.below(300))).packages
    }
  }

  @Test(arguments: [("1", true), ("true", true), ("ON", true), ("2", true), ("0", false), ("no", false), ("", false)])
  func switchesAreReadAsAptReadsThem(value: String, isOn: Bool) {
    let configuration = HookConfiguration(settings: [AptOption(key: "debug::PKGdpkgpm", value: value)])
    #expect(configuration.isOn("Debug::pkgDPkgPM") == isOn)
  }
}
