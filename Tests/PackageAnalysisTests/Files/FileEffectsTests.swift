import GateModel
import Testing

@testable import PackageAnalysis

/// Effects that files have by themselves.
@Suite struct FileEffectsTests {
  private let upgrade = Change.sample("p", from: "1", to: "2", action: .upgrade)

  private func effects(_ files: [String]) -> [Effect] {
    TestNode(candidates: [.sample("p", "2", .candidate, files: files)]).analyser().analyse(
      .sample("p", from: nil, to: "2", action: .install)
    ).effects
  }

  @Test(arguments: [
    ("/lib/udev/rules.d/60-x.rules", [EffectKind.udev]), ("/etc/udev/rules.d/60-x.rules", [.udev]),
    ("/usr/lib/systemd/network/10-x.link", [.udev, .networkConfig]),
    ("/etc/systemd/network/10-x.network", [.networkConfig]), ("/lib/systemd/network/x.netdev", [.networkConfig]),
    ("/usr/lib/systemd/network/x.network.d/y.conf", [.networkConfig]),
    ("/etc/systemd/networkd.conf", [.networkConfig]), ("/usr/lib/systemd/networkd.conf.d/x.conf", [.networkConfig]),
    ("/etc/netplan/x.yaml", [.networkConfig]), ("/usr/lib/NetworkManager/conf.d/x.conf", [.networkConfig]),
    ("/etc/network/interfaces", [.networkConfig]), ("/usr/lib/sysctl.d/x.conf", [.sysctl]),
    ("/etc/modules-load.d/x.conf", [.sysctl]), ("/usr/lib/modules/6.1.0-9-amd64/kernel/x.ko", [.kernel]),
    ("/boot/vmlinuz-6.1.0-9-amd64", [.kernel, .reboot]),
    ("/usr/lib/modules/6.1.0-9-amd64/vmlinuz", [.kernel, .reboot]),
  ])
  func newFilesOfTheseKinds(path: String, kinds: [EffectKind]) {
    let found = effects([path])
    #expect(found.map(\.kind) == kinds)
    #expect(found.allSatisfy { $0.certainty == .certain && $0.evidence.file == path })
    #expect(found.allSatisfy { $0.evidence.basis == .candidate })
  }

  @Test(arguments: [
    "/usr/lib/systemd/system/x.service", "/usr/share/doc/udev/rules.d/x.rules", "/usr/lib/udev/rules.d/README",
    "/etc/udev/rules.d/sub/60-x.rules", "/usr/lib/systemd/network/x.txt.d/y.conf", "/etc/sysctl.d/README.sysctl",
    "/usr/lib/modules-load.d/x.txt", "/etc/netplan.yaml", "/boot/config-6.1.0-9-amd64",
  ])
  func otherFilesAreNoEffect(path: String) {
    #expect(effects([path]).isEmpty)
  }

  @Test func manyFilesOfOneKindAreOneEffect() {
    let found = effects((1...5).map { "/usr/lib/udev/rules.d/\($0).rules" })
    #expect(found.count == 1)
    #expect(
      found.first?.detail == "udev rules: new /usr/lib/udev/rules.d/1.rules, /usr/lib/udev/rules.d/2.rules, "
        + "/usr/lib/udev/rules.d/3.rules and 2 more")
  }

  @Test func anUpgradeSaysWhatComesGoesAndChanges() {
    let paths = ["same", "changed", "unread"].map { "/usr/lib/sysctl.d/\($0).conf" }
    var new = PackageContents.sample("p", "2", .candidate, files: paths + ["/usr/lib/sysctl.d/new.conf"])
    new.texts = [paths[0]: [1], paths[1]: [2]]
    let old = PackageContents.sample("p", "1", .installed, files: paths + ["/usr/lib/sysctl.d/old.conf"])
    let node = TestNode(installed: [old], candidates: [new], files: [paths[0]: [1], paths[1]: [1]])
    let found = node.analyser().analyse(upgrade).effects
    #expect(found.map(\.kind) == [.sysctl])
    #expect(
      found.first?.detail == "kernel parameters: new /usr/lib/sysctl.d/new.conf; removed /usr/lib/sysctl.d/old.conf; "
        + "changed /usr/lib/sysctl.d/changed.conf; perhaps changed /usr/lib/sysctl.d/unread.conf")
    #expect(found.first?.certainty == .certain)
  }

  @Test func movingFromLibToUsrLibIsNoChange() {
    var new = PackageContents.sample("p", "2", .candidate, files: ["/usr/lib/sysctl.d/x.conf"])
    new.texts = ["/usr/lib/sysctl.d/x.conf": [1]]
    let node = TestNode(
      installed: [.sample("p", "1", .installed, files: ["/lib/sysctl.d/x.conf"])], candidates: [new],
      files: ["/lib/sysctl.d/x.conf": [1]])
    #expect(node.analyser().analyse(upgrade).effects.isEmpty)
  }

  @Test func withoutTheCandidateChangesArePossible() {
    let node = TestNode(installed: [.sample("p", "1", .installed, files: ["/etc/systemd/network/x.network"])])
    let found = node.analyser().analyse(upgrade).effects
    #expect(found.map(\.kind) == [.networkConfig])
    #expect(found.map(\.certainty) == [.possible])
    #expect(found.map(\.evidence.basis) == [.installed])
  }

  @Test func withoutTheOldVersionTheNodeTells() {
    let paths = ["same", "changed", "unread"].map { "/usr/lib/sysctl.d/\($0).conf" }
    var new = PackageContents.sample("p", "2", .candidate, files: paths)
    new.texts = [paths[0]: [1], paths[1]: [2], paths[2]: [3]]
    let node = TestNode(candidates: [new], files: [paths[0]: [1], paths[1]: [1]])
    let found = node.analyser().analyse(package: new, from: PackageVersion("1")).effects
    #expect(
      found.map(\.detail) == [
        "kernel parameters: changed /usr/lib/sysctl.d/changed.conf; perhaps changed /usr/lib/sysctl.d/unread.conf"
      ])
  }

  @Test func aRemovalLeavesConffiles() {
    var old = PackageContents.sample(
      "p", "1", .installed, files: ["/etc/sysctl.d/x.conf", "/usr/lib/udev/rules.d/x.rules"])
    old.conffiles = [Conffile(path: "/etc/sysctl.d/x.conf", packagedDigest: nil)]
    let found = TestNode(installed: [old]).analyser().analyse(.sample("p", from: "1", to: nil, action: .remove)).effects
    #expect(found.map(\.kind) == [.udev])
    #expect(found.first?.evidence.text == "removed")
  }
}
