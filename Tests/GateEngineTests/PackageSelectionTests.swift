import GateEngine
import GateModel
import Testing

@Suite struct PackageSelectionTests {
  private let node = ScriptedNode(
    changes: [
      .upgrade("systemd", binaries: ["systemd", "udev"]), .upgrade("linux-signed", binaries: ["linux-image-amd64"]),
      .upgrade("bash"),
    ],
    keptBack: [
      KeptBackPackage(
        source: "glibc", name: "libc6", architecture: "amd64", from: PackageVersion("1"), to: PackageVersion("2"),
        reason: .held)
    ],
    names: ["systemd", "systemd-sysv", "udev", "bash", "libc6", "glibc", "nano", "linux-image-amd64"],
    analyses: ["systemd": .nothing(), "linux-signed": .nothing(), "bash": .nothing()])

  private func sources(_ names: String...) throws -> Set<String> {
    Set(try node.pipeline.run(PackageSelection(names)).changes.map(\.change.source))
  }

  @Test func narrowsBySourceBinaryGlobAndArchitecture() throws {
    #expect(try sources("systemd") == ["systemd"])
    #expect(try sources("udev") == ["systemd"])
    #expect(try sources("linux-image-*") == ["linux-signed"])
    #expect(try sources("?ash", "udev:amd64") == ["bash", "systemd"])
    #expect(try sources("*") == ["systemd", "linux-signed", "bash"])
  }

  @Test func aPackageOfAnotherArchitectureHasNothingPending() throws {
    let report = try node.pipeline.run(PackageSelection(["udev:i386"]))
    #expect(report.changes.isEmpty)
    #expect(report.nothingPending == ["udev:i386"])
  }

  @Test func showsWhatAptKeepsBackOfTheNamedOnly() throws {
    #expect(try node.pipeline.run(PackageSelection(["glibc"])).keptBack.map(\.name) == ["libc6"])
    #expect(try node.pipeline.run(PackageSelection(["bash"])).keptBack.isEmpty)
  }

  @Test func aKnownPackageWithNothingPendingIsNoError() throws {
    let report = try node.pipeline.run(PackageSelection(["nano", "bash"]))
    #expect(report.nothingPending == ["nano"])
    #expect(report.changes.map(\.change.source) == ["bash"])
  }

  @Test(arguments: [
    ("sytemd", "did you mean `systemd`?"), ("linux-image", "did you mean `linux-image-amd64`?"),
    ("bahs", "did you mean `bash`?"),
  ])
  func anUnknownNameIsAnErrorThatSuggestsNearOnes(name: String, hint: String) {
    let error = #expect(throws: GateEngineError.self) { try node.pipeline.run(PackageSelection([name])) }
    #expect(error?.message == "no package is called `\(name)`")
    #expect(error?.code == .unknownPackage)
    #expect(error?.hint == hint)
  }

  @Test(arguments: ["", "*x*y*", ":", "zzzzzzzzzz", "../etc", "a b"])
  func aNameLikeNothingIsAnErrorToo(name: String) {
    #expect(throws: GateEngineError.self) { try node.pipeline.run(PackageSelection([name])) }
  }
}
