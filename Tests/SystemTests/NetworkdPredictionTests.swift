import Foundation
import TestSupport
import Testing

/// `apt-gate network predict` against what the systemd-networkd of five releases really takes away.
///
/// `APT_GATE_SCENARIOS` says how many random nodes each release gets (default 200, about a quarter of an hour in all),
/// `APT_GATE_SCENARIO` runs the one of that index only, `APT_GATE_RELEASES` names the releases.
@Suite("prediction against real networkd", LabRequirements.trait, .serialized)
struct NetworkdPredictionTests {
  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  static let releases: [NetworkdRelease] = {
    let names = setting("APT_GATE_RELEASES")?.split(separator: ",").map(String.init)
    return NetworkdRelease.all.filter { names?.contains($0.suite) ?? true }
  }()

  private static let indices: Range<Int> = {
    if let one = setting("APT_GATE_SCENARIO").flatMap({ Int($0) }) { return one..<one + 1 }
    return 0..<(setting("APT_GATE_SCENARIOS").flatMap { Int($0) } ?? 200)
  }()

  /// Nodes at once: most of a scenario's time is waiting.
  private static let width = setting("APT_GATE_WIDTH").flatMap { Int($0) } ?? 4

  private struct Outcome: Sendable {
    var index: Int
    var differences: [String]
    var lost = 0
    /// What was predicted as a guess, and what of it was not so.
    var guessCount = 0
    var wrongGuesses: [String] = []
    /// Why nothing can be said: networkd itself failed.
    var unjudged: String?
  }

  @Test("random nodes", .timeLimit(.minutes(120)), arguments: releases)
  func random(release: NetworkdRelease) async throws {
    let tree = try await release.tree()
    let seed = Seed("networkd scenarios")
    var first = seed
    let base = first.next()
    var outcomes: [Outcome] = []
    let start = ContinuousClock.now
    await withTaskGroup(of: Outcome.self) { group in
      var next = Self.indices.lowerBound
      // One more for each node on which networkd itself fails: as many as asked for are judged.
      var last = Self.indices.upperBound
      func add() {
        guard next < last else { return }
        let index = next
        next += 1
        group.addTask { await Self.outcome(base, index, release, tree) }
      }
      for _ in 0..<Self.width { add() }
      while let outcome = await group.next() {
        if outcome.unjudged != nil, last < Self.indices.upperBound * 2, Self.indices.count > 1 { last += 1 }
        outcomes.append(outcome)
        add()
      }
    }
    let wrong = outcomes.filter { !$0.differences.isEmpty }.sorted { $0.index < $1.index }
    let lost = outcomes.reduce(0) { $0 + $1.lost }
    let unjudged = outcomes.compactMap(\.unjudged)
    let judged = outcomes.count - unjudged.count
    print(
      "networkd \(release.suite) \(release.major): \(judged - wrong.count) of \(judged) scenarios as"
        + " predicted, \(lost) objects lost, \(unjudged.count) on which networkd failed, in \((ContinuousClock.now - start).inSeconds) s"
    )
    let guesses = outcomes.reduce(0) { $0 + $1.guessCount }
    let wrongGuesses = outcomes.reduce(0) { $0 + $1.wrongGuesses.count }
    print("networkd \(release.suite): \(guesses) losses were guesses, and \(wrongGuesses) of them did not happen")
    for outcome in outcomes {
      for guess in outcome.wrongGuesses { print("  scenario \(outcome.index), a guess: \(guess)") }
    }
    for reason in unjudged { print("  not judged: \(reason.suffix(200).replacing("\n", with: " / "))") }
    for outcome in wrong {
      Issue.record("\(release.suite), scenario \(outcome.index): \(outcome.differences.joined(separator: " // "))")
    }
    if Self.indices.count >= 10 { #expect(lost > 0, "a lab in which nothing is lost proves nothing") }
  }

  private static func outcome(
    _ base: UInt64, _ index: Int, _ release: NetworkdRelease, _ tree: URL
  ) async -> Outcome {
    let scenario = ScenarioGenerator.scenario(seed: base, index: index, major: release.major)
    do {
      let run = try await NetworkdRun.of(scenario, tree: tree)
      if let folder = setting("APT_GATE_KEEP_SCENARIOS") {
        try scenario.json.write(toFile: "\(folder)/\(release.suite)-\(index).json", atomically: true, encoding: .utf8)
      }
      let judge = try PredictionJudge(run)
      let lost = PredictionJudge.kinds.reduce(0) { $0 + judge.reallyLost($1).count }
      guard run.isSettled else { return Outcome(index: index, differences: [], unjudged: "\(run.first) \(run.second)") }
      return Outcome(
        index: index, differences: judge.differences, lost: lost, guessCount: judge.guessCount,
        wrongGuesses: judge.wrongGuesses)
    } catch let error where "\(error)".contains("networkd ended by itself") {
      return Outcome(index: index, differences: [], unjudged: "\(error)")
    } catch {
      return Outcome(index: index, differences: ["the lab failed: \(error)"])
    }
  }

  /// After `--fix --write` a restart loses nothing but what is said to be still exposed.
  @Test("random nodes that are protected first", .timeLimit(.minutes(60)), arguments: releases)
  func protected(release: NetworkdRelease) async throws {
    let tree = try await release.tree()
    var seed = Seed("networkd scenarios")
    let base = seed.next()
    var protected = 0
    for index in Self.indices.prefix(max(1, Self.indices.count / 20)) {
      var scenario = ScenarioGenerator.scenario(seed: base, index: index, major: release.major)
      scenario.commands = [["network", "predict", "--json", "--fix", "--write"]]
      guard let run = try? await NetworkdRun.of(scenario, tree: tree), run.isSettled else { continue }
      let judge = try PredictionJudge(run)
      #expect(judge.lostAfterFix.isEmpty, "\(release.suite), scenario \(index): \(judge.lostAfterFix)")
      protected += 1
    }
    print("networkd \(release.suite): \(protected) nodes kept what --fix --write said they would")
  }

  /// A link appears that a file matches, while networkd runs: what has no link of its own goes for the new link's sake,
  /// and what is on other links stays.
  @Test("a node that gets a new link", .timeLimit(.minutes(10)), arguments: releases)
  func newLink(release: NetworkdRelease) async throws {
    let tree = try await release.tree()
    for keep in ["no", "static", "yes"] {
      let run = try await NetworkdRun.of(Self.newLinkScenario(keep: keep), tree: tree)
      #expect(run.first["n0"] == nil && run.second["n0"] == "configured", "\(run.second)")
      let judge = try PredictionJudge(run)
      let lost = PredictionJudge.kinds.reduce(0) { $0 + judge.reallyLost($1).count }
      print("networkd \(release.suite), a new link with KeepConfiguration=\(keep): \(lost) objects lost")
      #expect(judge.differences.isEmpty, "\(release.suite), KeepConfiguration=\(keep): \(judge.differences)")
      if keep == "no" { #expect(lost > 0, "a lab in which nothing is lost proves nothing") }
      if keep == "yes" { #expect(lost == 0) }
    }
  }

  private static let stockFiles = [
    "80-6rd-tunnel", "80-container-host0", "80-container-host0-tun", "80-container-vb", "80-container-ve",
    "80-container-vz", "80-vm-vt", "80-wifi-adhoc",
  ]

  private static func newLinkScenario(keep: String) -> NetworkdScenario {
    var scenario = NetworkdScenario()
    scenario.links = ["link add v0 type veth peer name v1", "link set v0 up", "link set v1 up"]
    scenario.udev = ["lo": [:], "v0": [:], "v1": [:]]
    // A new link could match what systemd ships as well.
    for name in stockFiles { scenario.files["/etc/systemd/network/\(name).network"] = .mask }
    scenario.files["/etc/systemd/network/10-v0.network"] =
      .text("[Match]\nName=v0\n[Network]\nAddress=198.19.0.1/24\nIPv6AcceptRA=no\nKeepConfiguration=\(keep)\n")
    scenario.files["/etc/systemd/network/20-new.network"] =
      .text("[Match]\nName=n*\n[Network]\nAddress=198.19.9.1/24\nIPv6AcceptRA=no\nKeepConfiguration=\(keep)\n")
    scenario.foreign = [
      "route add 198.19.1.0/24 via 198.19.0.2 proto bird", "route add 198.19.1.0/24 dev v1 table 200 proto 80",
      "route add blackhole 198.19.2.0/24 proto 80", "route add unreachable 198.19.2.0/24 table 300 proto static",
      "-6 route add blackhole 2001:db8:2::/48 proto bird", "-6 route add 2001:db8:3::/64 dev v0 proto 80",
      "rule add from 198.19.0.0/16 lookup 200 pref 111",
      "rule add to 198.19.0.0/16 lookup 200 pref 112 protocol static",
      "-6 rule add from 2001:db8::/32 lookup 200 pref 113 protocol bird",
      "nexthop add id 5 via 198.19.0.2 dev v0", "nexthop add id 7 blackhole", "nexthop add id 20 group 5",
      "route add 198.19.3.0/24 nhid 5 proto 80", "route add 198.19.4.0/24 nhid 20 proto 80",
      "route add 198.19.5.0/24 nexthop via 198.19.0.5 dev v0 nexthop dev v1",
      "neigh add 198.19.0.200 lladdr 02:00:00:00:00:77 dev v0 nud permanent", "addr add 198.19.7.1/24 dev v1",
    ]
    scenario.newLink = ["link add n0 index 77 type veth peer name n1 index 78", "link set n0 up", "link set n1 up"]
    scenario.newUdev = ["77": [:], "78": [:]]
    scenario.commands = [["network", "predict", "--json", "--event", "new-link"]]
    return scenario
  }

  /// Proves in every run that the lab can lose something: routes and rules go, and what is on an unmanaged link stays.
  @Test("a node that loses routes and rules", .timeLimit(.minutes(5)), arguments: releases)
  func control(release: NetworkdRelease) async throws {
    var scenario = NetworkdScenario()
    scenario.links = [
      "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up", "link add v2 type veth peer name v3",
      "link set v2 up", "link set v3 up",
    ]
    scenario.udev = ["lo": [:], "v0": [:], "v1": [:], "v2": [:], "v3": [:]]
    scenario.files["/etc/systemd/network/10-v0.network"] =
      .text("[Match]\nName=v0\n[Network]\nAddress=198.19.0.1/24\nIPv6AcceptRA=no\n")
    scenario.foreign = [
      "route add 198.19.1.0/24 via 198.19.0.2 proto bird", "route add blackhole 198.19.2.0/24",
      "rule add from 198.19.0.0/16 lookup 200 pref 111", "route add 198.19.3.0/24 dev v3 scope link",
    ]
    let run = try await NetworkdRun.of(scenario, tree: try await release.tree())
    let judge = try PredictionJudge(run)
    #expect(judge.differences.isEmpty, "\(judge.differences)")
    let routes = judge.reallyLost("routes").keys
    #expect(routes.contains { $0.contains("198.19.1.0/24") } && routes.contains { $0.contains("198.19.2.0/24") })
    #expect(!routes.contains { $0.contains("198.19.3.0/24") })
    // Up to 247.3 networkd leaves rules alone.
    #expect(judge.reallyLost("rules").keys.contains { $0.contains("111") } == (release.major > 247))
  }
}
