internal import GateModel

/// The gate's state for node_exporter's textfile collector.
///
/// Source: Prometheus, "Exposition formats", text-based format 0.0.4.
public struct Metrics: Sendable {
  /// Where Debian's node_exporter looks. Source: prometheus-node-exporter's default `--collector.textfile.directory`.
  public static let path = "/var/lib/prometheus/node-exporter/apt-gate.prom"

  private let status: GateStatus

  public init(_ status: GateStatus) { self.status = status }

  /// Every metric, always in the same order, those without samples left out but for the plain counts.
  public var text: String {
    let parts = [heldChanges, oldestHold, owedRestarts, owedSince, lastRun, lastRunTime, lost, restored]
    return parts.flatMap { $0.lines }.map { $0 + "\n" }.joined()
  }

  /// Writes the file whole, readable by everyone. A folder that is absent is no error: there is no node_exporter.
  public func write(to path: String = Metrics.path) throws(SystemdError) {
    guard SmallFile.folderExists(for: path) else { return }
    try SmallFile.replace(path, with: text, mode: 0o644, isDurable: false)
  }

  private var heldChanges: Metric {
    var counts: [String: Int] = [:]
    for hold in status.held { for rule in Set(hold.rules) { counts[rule, default: 0] += 1 } }
    return Metric(
      "apt_gate_held_changes", .gauge, "Pending updates that stay out, by the rule that decided it.",
      counts.map { (["rule": $0.key], Double($0.value)) })
  }

  private var oldestHold: Metric {
    Metric(
      "apt_gate_oldest_hold_timestamp_seconds", .gauge, "Since when the oldest held update has been held.",
      Metric.one(status.held.compactMap(\.since).min()))
  }

  private var owedRestarts: Metric {
    Metric(
      "apt_gate_owed_restarts", .gauge, "Units that run an old version until they are restarted.",
      [([:], Double(Set(status.owed.map(\.unit)).count))])
  }

  private var owedSince: Metric {
    let oldest = Dictionary(grouping: status.owed, by: \.unit).mapValues { $0.map(\.since).min() }
    return Metric(
      "apt_gate_owed_restart_timestamp_seconds", .gauge, "Since when the restart of the unit has been owed.",
      oldest.flatMap { unit, since in since.map { [(["unit": unit], Double($0.secondsSinceEpoch))] } ?? [] })
  }

  private var lastRun: Metric {
    let results = status.lastRun.map { last in
      GateStatus.RunResult.allCases.map { (["result": $0.rawValue], $0 == last.result ? 1.0 : 0) }
    }
    return Metric("apt_gate_last_run_result", .gauge, "How apt's last run under the gate ended: 1.", results ?? [])
  }

  private var lastRunTime: Metric {
    Metric(
      "apt_gate_last_run_timestamp_seconds", .gauge, "When apt's last run under the gate ended.",
      Metric.one(status.lastRun?.at))
  }

  private var lost: Metric {
    Metric(
      "apt_gate_network_objects_lost_total", .counter, "Protected network objects that were deleted while apt worked.",
      status.networkLost.map { (["kind": $0.key], Double($0.value)) })
  }

  private var restored: Metric {
    Metric(
      "apt_gate_network_objects_restored_total", .counter, "Lost network objects that were put back.",
      status.networkRestored.map { (["kind": $0.key], Double($0.value)) })
  }
}
