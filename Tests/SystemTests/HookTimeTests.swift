import Foundation
import Testing

/// What apt-gate adds to a run of unattended-upgrades with ten small packages, without and with an update of systemd.
/// `make bench` runs it.
///
/// Two booted nodes, one with apt-gate's hooks and one without, do the same run at the same time: how fast a shared machine is
/// changes by the minute, and by more than apt-gate adds; two runs at once feel it alike. Each has a processor to itself where
/// there are two, so that what the hooks do on several threads counts in full.
///
/// What counts is the time from when apt is about to run dpkg for the first time, which is when it calls a hook for the first
/// time, to the end of the run: before, nothing of apt-gate is there, and Python reads for longer than all of the rest differs.
/// As on a node, `sync --claim` comes right before, when apt-daily.service has downloaded everything.
@Suite("the hooks' time", LabRequirements.trait, LabRequirements.hookTimes, .serialized)
struct HookTimeTests {
  private static let hooks = "/etc/apt/apt.conf.d/99zz-apt-gate"

  /// What is pending.
  enum Updates: String, CaseIterable, Sendable {
    case small = "ten packages without systemd"
    case systemd = "ten packages and systemd"
    /// As where a person downloads and installs at once: `sync` has not read the .debs before.
    case unread = "ten packages and systemd, its .debs unread before"

    /// How many pairs: all of them take about ten minutes where nothing else is at work.
    var rounds: Int {
      switch self {
      case .small: 6
      case .systemd: 8
      case .unread: 2
      }
    }
  }

  /// One run of unattended-upgrades.
  private struct Run {
    /// From the first call of a hook to the end.
    var seconds: Double
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

  /// The same run at the same time on two nodes.
  private struct Pair {
    var with: Run
    var without: Run
    /// In seconds.
    var difference: Double { with.seconds - without.seconds }
  }

  @Test("ten packages", .timeLimit(.minutes(60)), arguments: Updates.allCases)
  func tenPackages(_ updates: Updates) async throws {
    var pairs: [Pair] = []
    for _ in 0..<updates.rounds { pairs.append(try await pair(updates)) }
    let (with, differences) = (pairs.map(\.with), pairs.map(\.difference).sorted())
    let own = with.flatMap(\.hooks).filter { $0.hook == "pre-install" }.map(\.total)
    Self.tell(
      """
      \(updates.rawValue), \(pairs.count) pairs: \(Self.text(Self.mean(with.map(\.seconds)))) s with apt-gate, \
      \(Self.text(Self.mean(pairs.map(\.without.seconds)))) s without; it adds \(Self.text(Self.mean(differences), 2)) s \
      (standard error \(Self.text(Self.standardError(differences), 2)); \(Self.text(differences[0], 2)) to \
      \(Self.text(differences[differences.count - 1], 2))); its hooks take \(Self.text(Self.median(with.map(\.total)))) ms in all
        pre-install: \(own.count) runs, median \(Self.text(Self.median(own))) ms, most \(Self.text(own.max() ?? 0)) ms
      \(Self.split(with.flatMap(\.hooks), runs: with.count))
      """)
    #expect(with.allSatisfy { $0.hooks.contains { $0.hook == "pre-install" } })
    #expect(pairs.allSatisfy { $0.without.hooks.isEmpty })
  }

  private func pair(_ updates: Updates) async throws -> Pair {
    let gated = try await node(isGated: true, updates)
    let plain = try await node(isGated: false, updates)
    async let with = run(on: gated)
    async let without = run(on: plain)
    let pair = Pair(with: try await with, without: try await without)
    Self.tell(
      "  a pair, \(updates.rawValue): \(Self.text(pair.with.seconds)) s with apt-gate, "
        + "\(Self.text(pair.without.seconds)) s without; its hooks \(Self.text(pair.with.total)) ms")
    return pair
  }

  /// A node on which everything is pending and downloaded, and `sync` has been.
  private func node(isGated: Bool, _ updates: Updates) async throws -> BootedNode {
    let node = try await GatedNode.boot().node
    try node.copy(URL(filePath: LabFolder.script("gate-updates")), to: "/usr/local/bin/gate-updates")
    try await node.shell("gate-updates; apt-gate sync --claim --quiet > /dev/null || true")
    if updates == .unread { try await node.shell("rm -r /var/lib/apt-gate/extracts") }
    if !isGated { try await node.shell("rm \(Self.hooks)") }
    try node.write("/etc/apt/apt.conf.d/98begin", Self.beginning)
    if updates == .small {
      try await node.shell("apt-mark -q hold systemd udev libsystemd0 libudev1 libsystemd-shared systemd-sysv")
    }
    return node
  }

  private func run(on node: BootedNode) async throws -> Run {
    let text = try await node.shell(
      """
      APT_GATE_TIMINGS=/root/timings unattended-upgrade > /root/said 2>&1
      date +%s.%N | cat - /root/begin | paste -s | awk '{ print $1 - $2 }'
      """, limit: 600)
    let seconds = try #require(Double(text.trimmingCharacters(in: .whitespacesAndNewlines)), "\(text)")
    try await node.shell(
      #"test "$(dpkg-query -W -f '${Version} ' 'small*' | tr ' ' '\n' | sort -u | tr -d '\n')" = 2.0"#)
    let lines = (try? node.read("/root/timings")) ?? ""
    return Run(seconds: seconds, hooks: lines.split(separator: "\n").compactMap(HookTime.init))
  }

  /// Keeps when apt is about to run dpkg for the first time.
  private static let beginning = #"DPkg::Pre-Invoke { "test -e /root/begin || date +%s.%N > /root/begin"; };"#

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

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Of the mean of `values`.
  private static func standardError(_ values: [Double]) -> Double {
    let mean = mean(values)
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }

  private static func text(_ value: Double, _ places: Int = 1) -> String { String(format: "%.\(places)f", value) }
}
