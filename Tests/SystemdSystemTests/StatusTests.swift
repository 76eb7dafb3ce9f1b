import Foundation
import GateModel
import SystemdSystem
import Testing

@Suite struct StatusTests {
  private static func owed(_ unit: String, since: Int64) -> OwedRestart {
    OwedRestart(
      unit: unit, source: "s", version: PackageVersion("2"), since: Timestamp(secondsSinceEpoch: since), boot: "b",
      invocation: nil)
  }

  private static let status = GateStatus(
    held: [
      .init(source: "systemd", rules: ["networkd", "network"], since: Timestamp(secondsSinceEpoch: 200)),
      .init(source: "udev", rules: ["network"], since: Timestamp(secondsSinceEpoch: 100)),
      .init(source: "odd", rules: ["a \"quoted\\one\"\n"], since: nil),
    ],
    owed: [owed("b.service", since: 50), owed("a.service", since: 60), owed("b.service", since: 40)],
    lastRun: (.vetoed, Timestamp(secondsSinceEpoch: 300)), networkLost: ["route": 2], networkRestored: ["route": 1])

  @Test func metricsAreInTheTextFormat() {
    #expect(
      Metrics(Self.status).text.split(separator: "\n").filter { !$0.hasPrefix("#") } == [
        #"apt_gate_held_changes{rule="a \"quoted\\one\"\n"} 1"#, #"apt_gate_held_changes{rule="network"} 2"#,
        #"apt_gate_held_changes{rule="networkd"} 1"#, "apt_gate_oldest_hold_timestamp_seconds 100",
        "apt_gate_owed_restarts 2", #"apt_gate_owed_restart_timestamp_seconds{unit="a.service"} 60"#,
        #"apt_gate_owed_restart_timestamp_seconds{unit="b.service"} 40"#,
        #"apt_gate_last_run_result{result="done"} 0"#, #"apt_gate_last_run_result{result="failed"} 0"#,
        #"apt_gate_last_run_result{result="interrupted"} 0"#, #"apt_gate_last_run_result{result="vetoed"} 1"#,
        "apt_gate_last_run_timestamp_seconds 300", #"apt_gate_network_objects_lost_total{kind="route"} 2"#,
        #"apt_gate_network_objects_restored_total{kind="route"} 1"#,
      ])
  }

  @Test func eachMetricIsExplainedOnce() {
    let lines = Metrics(Self.status).text.split(separator: "\n")
    let names = lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != "{" && $0 != " " } }
    for name in Set(names) {
      #expect(lines.filter { $0.hasPrefix("# TYPE \(name) ") }.count == 1)
      #expect(lines.filter { $0.hasPrefix("# HELP \(name) ") }.count == 1)
    }
    #expect(Metrics(GateStatus()).text.contains("apt_gate_owed_restarts 0\n"))
  }

  @Test func metricsAreWrittenWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Metrics(Self.status).write(to: folder.path + "/absent/x.prom")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "apt-gate.prom")
    for _ in 0..<2 { try Metrics(Self.status).write(to: file.path) }
    #expect(try String(contentsOf: file, encoding: .utf8) == Metrics(Self.status).text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["apt-gate.prom"])
  }

  @Test func theLoginMessageSaysWhatToDo() {
    #expect(LoginMessage.lines(GateStatus()) == [])
    #expect(
      LoginMessage.lines(Self.status) == [
        "apt-gate: 3 updates are held, the oldest since 1970-01-01; see `apt-gate held`.",
        "apt-gate: 2 units still run old versions; `apt-gate restart UNIT` restarts it under the guard.",
      ])
  }
}
