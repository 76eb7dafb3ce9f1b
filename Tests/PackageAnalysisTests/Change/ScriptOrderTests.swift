import GateModel
import Testing

@testable import PackageAnalysis

/// The scripts that dpkg runs, their order and their arguments: Debian Policy, 6.5 and 6.6.
@Suite struct ScriptOrderTests {
  private let all: [MaintainerScript.Name: String] = [
    .preinst: "", .postinst: "", .prerm: "", .postrm: "", .config: "",
  ]

  private func invocations(_ change: Change, installed: Bool, candidate: Bool) -> [String] {
    var node = TestNode()
    if installed { node.installed = [.sample("p", "1", .installed, scripts: all)] }
    if candidate { node.candidates = [.sample("p", change.to?.text ?? "", .candidate, scripts: all)] }
    let interpreter = RecordingInterpreter()
    _ = node.analyser(interpreter).analyse(change)
    return interpreter.invocations
  }

  @Test(arguments: [("2", ChangeAction.upgrade), ("0.9", .downgrade)])
  func upgradeAndDowngrade(to: String, action: ChangeAction) {
    let change = Change.sample("p", from: "1", to: to, action: action)
    #expect(
      invocations(change, installed: true, candidate: true) == [
        #"installed p.prerm ["upgrade", "\#(to)"]"#, #"candidate p.preinst ["upgrade", "1", "\#(to)"]"#,
        #"installed p.postrm ["upgrade", "\#(to)"]"#, #"candidate p.postinst ["configure", "1"]"#,
      ])
  }

  @Test func installedScriptsStandInForTheNewOnes() {
    let change = Change.sample("p", from: "1", to: "2", action: .upgrade)
    #expect(
      invocations(change, installed: true, candidate: false) == [
        #"installed p.prerm ["upgrade", "2"]"#, #"installed p.preinst ["upgrade", "1", "2"]"#,
        #"installed p.postrm ["upgrade", "2"]"#, #"installed p.postinst ["configure", "1"]"#,
      ])
  }

  @Test func install() {
    let change = Change.sample("p", from: nil, to: "2", action: .install)
    #expect(
      invocations(change, installed: false, candidate: true) == [
        #"candidate p.preinst ["install"]"#, #"candidate p.postinst ["configure", ""]"#,
      ])
  }

  @Test func remove() {
    let change = Change.sample("p", from: "1", to: nil, action: .remove)
    #expect(
      invocations(change, installed: true, candidate: false) == [
        #"installed p.prerm ["remove"]"#, #"installed p.postrm ["remove"]"#,
      ])
  }

  @Test func inspectingAPackageComesFromTheGivenVersion() {
    let node = TestNode(installed: [.sample("p", "1", .installed, scripts: all)])
    let interpreter = RecordingInterpreter()
    let package = PackageContents.sample("p", "2", .candidate, scripts: all)
    let report = node.analyser(interpreter).analyse(package: package, from: PackageVersion("1.5"))
    #expect(interpreter.invocations.last == #"candidate p.postinst ["configure", "1.5"]"#)
    #expect(interpreter.invocations.count == 4)
    #expect(report.bases == [BinaryBasis(name: "p", architecture: "amd64", basis: .candidate)])
    let fresh = RecordingInterpreter()
    _ = node.analyser(fresh).analyse(package: package, from: nil)
    #expect(fresh.invocations == [#"candidate p.preinst ["install"]"#, #"candidate p.postinst ["configure", ""]"#])
  }
}
