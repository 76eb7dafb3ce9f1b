import Foundation
import Testing

/// What apt-gate adds to a run of unattended-upgrades with ten small packages, without and with an update of systemd:
/// side by side on booted nodes, the same run with and without it. `make bench` runs it.
@Suite("the hooks' time", LabRequirements.trait, LabRequirements.hookTimes, .serialized)
struct HookTimeTests {
  private static let rounds = 3
  private static let hooks = "/etc/apt/apt.conf.d/99zz-apt-gate"

  /// One run of unattended-upgrades.
  private struct Run {
    var seconds: Double
    /// The lines that the hooks wrote: see `APT_GATE_TIMINGS`.
    var hooks: [HookTime]
  }

  /// The steps of one hook, in milliseconds.
  private struct HookTime {
    var hook: String
    var total = 0.0
    var steps: [(name: String, time: Double)] = []

    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      guard let name = words.first else { return nil }
      hook = String(name)
      for word in words.dropFirst() {
        let parts = word.split(separator: "=")
        guard parts.count == 2, let time = Double(parts[1]) else { return nil }
        if parts[0] == "total" { total = time } else { steps.append((String(parts[0]), time)) }
      }
    }
  }

  @Test("ten packages", .timeLimit(.minutes(60)), arguments: [false, true])
  func tenPackages(withSystemd: Bool) async throws {
    var (with, without): ([Run], [Run]) = ([], [])
    for _ in 0..<Self.rounds {
      without.append(try await run(isGated: false, withSystemd))
      with.append(try await run(isGated: true, withSystemd))
    }
    let hooks = with.map { $0.hooks.reduce(0) { $0 + $1.total } }
    let own = with.flatMap(\.hooks).filter { $0.hook == "pre-install" }.map(\.total)
    print(
      """
      ten packages \(withSystemd ? "and systemd" : "without systemd"), median of \(Self.rounds): \
      \(Self.text(Self.median(without.map(\.seconds)))) s without apt-gate, \
      \(Self.text(Self.median(with.map(\.seconds)))) s with it; its hooks take \(Self.text(Self.median(hooks))) ms in all
        pre-install: \(own.count) runs, median \(Self.text(Self.median(own))) ms, most \(Self.text(own.max() ?? 0)) ms
      \(Self.split(with.flatMap(\.hooks), runs: with.count))
      """)
    #expect(with.allSatisfy { $0.hooks.contains { $0.hook == "pre-install" } })
    #expect(without.allSatisfy { $0.hooks.isEmpty })
  }

  private func run(isGated: Bool, _ withSystemd: Bool) async throws -> Run {
    let node = try await GatedNode.boot().node
    try node.copy(URL(filePath: LabFolder.script("gate-updates")), to: "/usr/local/bin/gate-updates")
    try await node.shell("gate-updates; apt-gate sync --quiet || true; rm -f /root/timings")
    if !isGated { try await node.shell("rm \(Self.hooks)") }
    if !withSystemd {
      try await node.shell("apt-mark -q hold systemd udev libsystemd0 libudev1 libsystemd-shared systemd-sysv")
    }
    let seconds = try await node.shell(
      """
      export APT_GATE_TIMINGS=/root/timings
      begin=$(date +%s.%N)
      unattended-upgrade > /root/said 2>&1
      end=$(date +%s.%N)
      test "$(dpkg-query -W -f '${Version} ' 'small*' | tr ' ' '\\n' | sort -u | tr -d '\\n')" = 2.0
      echo "$end $begin" | awk '{ print $1 - $2 }'
      """, limit: 600)
    let lines = (try? node.read("/root/timings")) ?? ""
    return Run(
      seconds: Double(seconds.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .nan,
      hooks: lines.split(separator: "\n").compactMap(HookTime.init))
  }

  /// The steps of each hook, summed up over a run.
  private static func split(_ hooks: [HookTime], runs: Int) -> String {
    ["pre-install", "post-install"].map { name in
      var sums: [(String, Double)] = []
      for step in hooks.filter({ $0.hook == name }).flatMap(\.steps) {
        if let index = sums.firstIndex(where: { $0.0 == step.name }) {
          sums[index].1 += step.time
        } else {
          sums.append((step.name, step.time))
        }
      }
      return "  \(name), ms a run: " + sums.map { "\($0.0) \(text($0.1 / Double(runs)))" }.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }

  private static func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
