import Foundation
import Glibc
import Testing

@testable import apt_gate

/// `network guard` and `network probe` as a person calls them.
@Suite struct NetworkGuardCommandTests {
  /// A network namespace that is gone with the object.
  private final class Namespace {
    let name = "apt-gate-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    var path: String { "/run/netns/\(name)" }

    static let isPossible: Bool = geteuid() == 0 && (try? Namespace()) != nil

    init() throws { try #require(try Command("ip", ["netns", "add", name]).run().status == 0) }
    deinit { _ = try? Command("ip", ["netns", "del", name]).run() }
  }

  private func guarded(_ namespace: Namespace, _ options: [String], _ command: [String]) throws -> Command.Outcome {
    try Command(
      MadeUpNode.binary, ["network", "guard", "--netns", namespace.path, "--settle", "0"] + options + ["--"] + command
    ).run()
  }

  @Test(
    .enabled(if: Namespace.isPossible, "needs root and network namespaces"),
    arguments: [
      (["true"], 0), (["sh", "-c", "exit 7"], 7), (["sh", "-c", "exit 200"], 200), (["sh", "-c", "kill -9 $$"], 137),
      (["sh", "-c", "kill -TERM $PPID; exec sleep 60"], 143), (["no-such-program"], 1),
    ] as [([String], Int32)])
  func theStatusIsTheCommands(command: [String], status: Int32) throws {
    let outcome = try guarded(Namespace(), [], command)
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.error.contains(status == 1 ? "cannot run `no-such-program`" : "Guarded for"))
    #expect(outcome.output == "")
  }

  @Test(.enabled(if: Namespace.isPossible, "needs root and network namespaces"))
  func jsonAndReportAreTheSame() throws {
    let folder = try TemporaryFolder()
    let options = ["--json", "--report", "\(folder.path)/report.json"]
    let outcome = try guarded(Namespace(), options, ["echo", "from the command"])
    #expect(outcome.status == 0 && outcome.output.hasPrefix("{\n  \"schema\": \"apt-gate/network-guard/1\""))
    #expect(outcome.error == "from the command\n")
    #expect(try folder.text("report.json") == outcome.output)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["report.json"])
    #expect(
      try SchemaTests.validator.violations(of: ParsedJSON(outcome.output), schema: "network-guard.schema.json") == [])
  }

  @Test func wrongUsageIs64() throws {
    for words in [
      ["guard"], ["guard", "--expect-prefix", "x", "--", "true"], ["guard", "--expect-protocol", "x", "--", "true"],
      ["guard", "--settle", "-1", "--", "true"], ["probe"], ["probe", "https://198.18.0.1/"],
      ["probe", "--need", "2", "gateway"],
    ] {
      #expect(try Command(MadeUpNode.binary, ["network"] + words).run().status == 64, "\(words)")
    }
  }

  @Test func aNamespaceThatIsNotThereIs1() throws {
    let outcome = try Command(
      MadeUpNode.binary, ["network", "guard", "--netns", "/run/netns/no-such", "--", "touch", "/nonexistent/x"]
    ).run()
    #expect(outcome.status == 1 && outcome.error.contains("`/run/netns/no-such` is no network namespace"))
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to become another user"))
  func withoutPermissionNothingIsRun() throws {
    let outcome = try Command(
      "setpriv",
      [
        "--reuid", "65534", "--clear-groups", "--inh-caps=-all", MadeUpNode.binary, "network", "guard", "--", "echo",
        "ran",
      ]
    ).run()
    #expect(outcome.status == 1 && outcome.output == "", "\(outcome)")
    #expect(outcome.error.contains("run as root"), "\(outcome)")
  }

  @Test(.enabled(if: Namespace.isPossible, "needs root and network namespaces"))
  func probesThatFailAre3() throws {
    let namespace = try Namespace()
    let words = [
      "network", "probe", "--netns", namespace.path, "--deadline", "1", "gateway", "icmp:198.18.0.1", "--json",
    ]
    let outcome = try Command(MadeUpNode.binary, words).run()
    #expect(outcome.status == 3, "\(outcome)")
    #expect(
      try SchemaTests.validator.violations(of: ParsedJSON(outcome.output), schema: "network-probe.schema.json") == [])
  }

  /// The guard as a process of its own: ready, until the process it watches is gone, and a report.
  @Test(.enabled(if: Namespace.isPossible, "needs root and network namespaces"))
  func theDetachedGuardOutlivesWhatItWatches() throws {
    let folder = try TemporaryFolder()
    let namespace = try Namespace()
    let script = """
      sleep 300 & watched=$!
      '\(MadeUpNode.binary)' network guard-process --netns \(namespace.path) --settle 0 --until-process $watched \
        --report '\(folder.path)/report' > '\(folder.path)/ready' & guard=$!
      for i in $(seq 300); do grep -q ready '\(folder.path)/ready' 2> /dev/null && break; sleep 0.1; done
      ip -n \(namespace.name) rule del pref 32766
      kill -9 $watched
      wait $guard
      """
    let outcome = try Command("bash", ["-c", script]).run()
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try folder.text("report").contains("\"event\": \"leftToOthers\""))
  }
}
