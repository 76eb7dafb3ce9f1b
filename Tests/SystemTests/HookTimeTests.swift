import Foundation
import Testing

/// What apt-gate adds to a run of unattended-upgrades with ten small packages, without and with an update of systemd:
/// the same run on booted nodes with and without it. `make bench` runs it.
///
/// As on a node, `sync --claim` comes right before, when apt-daily.service has downloaded everything. Each run is told when it
/// ends.
@Suite("the hooks' time", LabRequirements.trait, LabRequirements.hookTimes, .serialized)
struct HookTimeTests {
  private static let hooks = "/etc/apt/apt.conf.d/99zz-apt-gate"

  /// What is pending.
  enum Updates: String, CaseIterable, Sendable {
    case small = "ten packages without systemd"
    case systemd = "ten packages and systemd"
    /// As where a person downloads and installs at once: `sync` has not read the .debs before.
    case unread = "ten packages and systemd, its .debs unread before"

    /// Runs with and without apt-gate: all of them take less than ten minutes where nothing else is at work.
    var rounds: (with: Int, without: Int) {
      switch self {
      case .small, .systemd: (3, 2)
      case .unread: (2, 0)
      }
    }
  }

  /// One run of unattended-upgrades.
  private struct Run {
    var seconds: Double
    /// What `sync --claim` took before, in seconds.
    var sync: Double
    /// The lines that the hooks wrote: see `APT_GATE_TIMINGS`.
    var hooks: [HookTime]

    /// What the hooks took in all, in milliseconds; apt does not wait for the guard, but `post-install` for its end.
    var total: Double { hooks.filter { $0.hook != "guard" }.reduce(0) { $0 + $1.total } }
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

  @Test("ten packages", .timeLimit(.minutes(60)), arguments: Updates.allCases)
  func tenPackages(_ updates: Updates) async throws {
    var (with, without): ([Run], [Run]) = ([], [])
    for round in 0..<updates.rounds.with {
      if round < updates.rounds.without { without.append(try await run(isGated: false, updates)) }
      with.append(try await run(isGated: true, updates))
    }
    let own = with.flatMap(\.hooks).filter { $0.hook == "pre-install" }.map(\.total)
    let before = without.isEmpty ? "" : "\(Self.text(Self.median(without.map(\.seconds)))) s without apt-gate, "
    Self.tell(
      """
      \(updates.rawValue), median of \(with.count): \(before)\(Self.text(Self.median(with.map(\.seconds)))) s with it; \
      its hooks take \(Self.text(Self.median(with.map(\.total)))) ms in all
        pre-install: \(own.count) runs, median \(Self.text(Self.median(own))) ms, most \(Self.text(own.max() ?? 0)) ms
      \(Self.split(with.flatMap(\.hooks), runs: with.count))
      """)
    #expect(with.allSatisfy { $0.hooks.contains { $0.hook == "pre-install" } })
    #expect(without.allSatisfy { $0.hooks.isEmpty })
  }

  private func run(isGated: Bool, _ updates: Updates) async throws -> Run {
    let node = try await GatedNode.boot().node
    try node.copy(URL(filePath: LabFolder.script("gate-updates")), to: "/usr/local/bin/gate-updates")
    try await node.shell("gate-updates")
    let sync = try await Self.seconds("apt-gate sync --claim --quiet > /dev/null || true", on: node)
    if updates == .unread { try await node.shell("rm -r /var/lib/apt-gate/extracts") }
    if !isGated { try await node.shell("rm \(Self.hooks)") }
    if updates == .small {
      try await node.shell("apt-mark -q hold systemd udev libsystemd0 libudev1 libsystemd-shared systemd-sysv")
    }
    let seconds = try await Self.seconds(
      "APT_GATE_TIMINGS=/root/timings unattended-upgrade > /root/said 2>&1", on: node)
    try await node.shell(
      #"test "$(dpkg-query -W -f '${Version} ' 'small*' | tr ' ' '\n' | sort -u | tr -d '\n')" = 2.0"#)
    let lines = (try? node.read("/root/timings")) ?? ""
    let run = Run(seconds: seconds, sync: sync, hooks: lines.split(separator: "\n").compactMap(HookTime.init))
    Self.tell(
      "  a run \(isGated ? "with" : "without") apt-gate, \(updates.rawValue): \(Self.text(run.seconds)) s"
        + (isGated ? ", its hooks \(Self.text(run.total)) ms, sync before \(Self.text(run.sync)) s" : ""))
    return run
  }

  /// How long a command takes in the node, by the node's own clock.
  private static func seconds(_ command: String, on node: BootedNode) async throws -> Double {
    let script = "begin=$(date +%s.%N); \(command); end=$(date +%s.%N); echo \"$end $begin\" | awk '{ print $1 - $2 }'"
    let text = try await node.shell(script, limit: 600)
    return Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .nan
  }

  /// At once, also where standard output is a pipe.
  private static func tell(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// The steps of each hook, summed up over a run.
  private static func split(_ hooks: [HookTime], runs: Int) -> String {
    ["pre-install", "post-install", "guard"].map { name in
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
