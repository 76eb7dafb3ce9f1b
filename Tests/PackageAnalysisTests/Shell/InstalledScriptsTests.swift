import Foundation
import GateModel
import PackageAnalysis
import Testing

/// Every maintainer script of the machine that runs the tests: nothing crashes, and what is not understood is counted.
@Suite struct InstalledScriptsTests {
  static let directory = "/var/lib/dpkg/info"
  static let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []

  @Test(.enabled(if: !names.isEmpty, "no dpkg database on this machine"))
  func eachIsReadToItsEnd() throws {
    let clock = ContinuousClock()
    var unreadable: [String] = []
    var (scripts, calls, unknown) = (0, 0, 0)
    var slowest = (name: "", duration: Duration.zero)
    let debug = ProcessInfo.processInfo.environment["APT_GATE_TEST_VERBOSE"] != nil
    for file in Self.names.sorted() {
      let parts = file.split(separator: ".")
      guard let last = parts.last, let kind = MaintainerScript.Name(rawValue: String(last)), kind != .config,
        let bytes = FileManager.default.contents(atPath: Self.directory + "/" + file)
      else { continue }
      let script = ScriptUnderTest(
        text: String(decoding: bytes, as: UTF8.self), name: kind, arguments: Self.arguments(of: kind),
        package: parts.dropLast().joined(separator: "."))
      var report = ScriptReport()
      let duration = clock.measure { report = script.report }
      scripts += 1
      calls += report.calls.count
      unknown += report.effects.count { $0.kind == .unknown }
      if duration > slowest.duration { slowest = (file, duration) }
      unreadable += report.effects.filter { $0.detail?.contains("cannot be read") == true }
        .map { "\($0.evidence.file):\($0.evidence.line ?? 0): \($0.detail ?? "")" }
      if debug {
        for effect in report.effects {
          print(
            file, effect.certainty, effect.kind, effect.unit ?? "", effect.verb ?? "", effect.detail ?? "", "|",
            effect.evidence.line ?? 0, effect.evidence.text ?? "")
        }
      }
    }
    print("\(scripts) installed scripts: \(calls) calls, \(unknown) not resolved, slowest \(slowest)")
    #expect(unreadable == [])
  }

  static func arguments(of kind: MaintainerScript.Name) -> [String] {
    switch kind {
    case .postinst: ["configure", "1.0-1"]
    case .preinst: ["upgrade", "1.0-1", "2.0-1"]
    case .prerm, .postrm, .config: ["upgrade", "2.0-1"]
    }
  }
}
