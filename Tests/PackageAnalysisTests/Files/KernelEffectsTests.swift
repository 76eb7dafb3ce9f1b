import GateModel
import Testing

@testable import PackageAnalysis

/// New kernels and reboots, from names alone and from files.
@Suite struct KernelEffectsTests {
  private func found(_ change: Change, _ node: TestNode = TestNode()) -> [Effect] {
    node.analyser().analyse(change).effects.filter { $0.kind != .unknown }
  }

  @Test func aMetaPackageAndTheImageThatItPullsIn() {
    var change = Change.sample("linux-image-6.1.0-56-amd64", from: nil, to: "6.1.192-2", action: .install)
    change.binaries.append(
      BinaryChange(
        name: "linux-image-amd64", architecture: "amd64", from: PackageVersion("6.1.1"),
        to: PackageVersion("6.1.192-2"),
        action: .upgrade))
    let effects = found(change)
    #expect(effects.map(\.kind) == [.kernel, .reboot])
    #expect(effects.map(\.certainty) == [.certain, .certain])
    #expect(effects.first?.detail == "new kernel ABI 6.1.0-56-amd64")
    #expect(effects.first?.evidence.basis == .unknown)
    #expect(effects.first?.evidence.file == "linux-image-6.1.0-56-amd64")
  }

  @Test func anUpgradeOfTheSameAbiNeedsAReboot() {
    let path = "/boot/vmlinuz-6.1.0-56-amd64"
    let node = TestNode(installed: [.sample("linux-image-6.1.0-56-amd64", "1", .installed, files: [path])])
    let effects = found(.sample("linux-image-6.1.0-56-amd64", from: "1", to: "2", action: .upgrade), node)
    #expect(effects.map(\.kind) == [.kernel, .reboot])
    #expect(effects.first?.detail == "kernel 6.1.0-56-amd64 is replaced, same ABI")
    #expect(effects.first?.evidence == Evidence(basis: .installed, file: path))
  }

  @Test func aRemovedKernelNeedsNoReboot() {
    #expect(found(.sample("linux-image-6.1.0-1-amd64", from: "1", to: nil, action: .remove)).map(\.kind) == [.kernel])
    #expect(found(.sample("linux-image-amd64", from: "1", to: nil, action: .remove)).isEmpty)
  }

  @Test func aMetaPackageAloneIsPossible() {
    let effects = found(.sample("linux-image-amd64", from: "1", to: "2", action: .upgrade))
    #expect(effects.map(\.kind) == [.kernel, .reboot])
    #expect(effects.allSatisfy { $0.certainty == .possible })
  }

  @Test(arguments: [
    ("linux-image-6.1.0-56-amd64", KernelImage.image(abi: "6.1.0-56-amd64")),
    ("linux-image-unsigned-5.15.0-1-generic", .image(abi: "5.15.0-1-generic")),
    ("linux-image-6.12.43+deb13-cloud-amd64", .image(abi: "6.12.43+deb13-cloud-amd64")),
    ("linux-image-cloud-amd64", .meta), ("linux-image-generic", .meta), ("linux-image-6.1.0-56-amd64-dbg", nil),
    ("linux-image-", nil), ("linux-headers-6.1.0-56-amd64", nil), ("linux-base", nil),
  ])
  func namesOfPackages(name: String, expected: KernelImage?) {
    #expect(KernelImage(package: name) == expected)
  }

  @Test func microcodeMayNeedAReboot() {
    let effects = found(.sample("intel-microcode", from: "1", to: "2", action: .upgrade))
    #expect(effects.map(\.kind) == [.reboot])
    #expect(effects.map(\.certainty) == [.possible])
  }
}
