internal import CoordinatorAPI
internal import Synchronization

/// What happened since the start, in the text format of Prometheus (version 0.0.4).
final class RequestCounters: Sendable {
  private struct Key: Hashable {
    var route: String
    var status: Int
  }

  private struct Counts {
    var requests: [Key: UInt64] = [:]
    var refused: [APIProblem.Kind: UInt64] = [:]
    var buckets = [UInt64](repeating: 0, count: RequestCounters.bounds.count + 1)
    var seconds = 0.0
    var expiredLocks: UInt64 = 0
  }

  private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]
  private let counts = Mutex(Counts())

  func count(route: String, status: Int, problem: APIProblem.Kind?, duration: Duration) {
    let seconds = duration / .seconds(1)
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    counts.withLock { counts in
      counts.requests[Key(route: route, status: status), default: 0] += 1
      if let problem { counts.refused[problem, default: 0] += 1 }
      counts.buckets[bucket] += 1
      counts.seconds += seconds
    }
  }

  func countExpiredLocks(_ number: Int) { counts.withLock { $0.expiredLocks += UInt64(number) } }

  /// - Parameter gauges: further values as they are now, with their names and labels.
  func text(gauges: [(name: String, help: String, value: Double)]) -> String {
    let counts = counts.withLock { $0 }
    var lines = head("apt_gate_requests_total", "counter", "Requests by operation and status.")
    for (key, value) in counts.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
      lines.append("apt_gate_requests_total{operation=\"\(key.route)\",status=\"\(key.status)\"} \(value)")
    }
    lines += head("apt_gate_refused_total", "counter", "Requests refused, by kind.")
    for kind in APIProblem.Kind.allCases {
      lines.append("apt_gate_refused_total{kind=\"\(kind.rawValue)\"} \(counts.refused[kind] ?? 0)")
    }
    lines += head("apt_gate_request_seconds", "histogram", "How long requests took.")
    var sum: UInt64 = 0
    for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts.buckets) {
      sum += count
      lines.append("apt_gate_request_seconds_bucket{le=\"\(bound)\"} \(sum)")
    }
    lines += ["apt_gate_request_seconds_sum \(counts.seconds)", "apt_gate_request_seconds_count \(sum)"]
    lines += head("apt_gate_fleetlock_expired_total", "counter", "FleetLock slots freed because their time was over.")
    lines.append("apt_gate_fleetlock_expired_total \(counts.expiredLocks)")
    var last = ""
    for gauge in gauges {
      let family = String(gauge.name.prefix { $0 != "{" })
      if family != last { lines += head(family, "gauge", gauge.help) }
      last = family
      lines.append("\(gauge.name) \(gauge.value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ name: String, _ type: String, _ help: String) -> [String] {
    ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
  }
}
