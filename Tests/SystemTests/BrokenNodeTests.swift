import Foundation
import GateModel
import Ledger
import LedgerLog
import Testing

/// Everything that apt-gate needs is broken in turn on a booted node: what is gated is held, the rest goes through, the
/// exit code and a message say which, and each hook ends in time.
@Suite("everything broken in turn", LabRequirements.trait, .serialized)
struct BrokenNodeTests {
  /// One thing that is broken.
  struct Trouble: Sendable {
    var name: String
    /// Shell scripts that break and mend it.
    var breaking: String
    var mending: String
    /// Variables of the environment of everything that runs meanwhile.
    var environment: [String] = []
    /// What of `net`, `held`, `wait` and `plain` the hook lets through.
    var passing: Set<String> = ["plain"]
    /// The exit status of the hook for what it refuses, and words of its message.
    var refusal: Int32 = 4
    var words: String
    /// The exit status of `sync`, and words of its message; nil for those of every day.
    var sync: (status: Int32, words: String)?
  }

  /// What the hooks may take, in seconds: as configured, and 200 ms more measured from outside. A program that is built
  /// for debugging gets more; a hook that hangs must end within it all the same.
  private struct Limits {
    var preInstall: Int
    var postInstall: Int
    /// In seconds; the start of the process is in it.
    var slack: Double

    static func ofProgram() async throws -> Limits {
      try await LabFolder.swiftLibraries().isEmpty
        ? Limits(preInstall: 5, postInstall: 8, slack: 0.2) : Limits(preInstall: 30, postInstall: 60, slack: 1)
    }

    var settings: String {
      "apiVersion: apt-gate/v1\ndeadlines: {preInstall: \(preInstall)s, postInstall: \(postInstall)s}\n"
    }
  }

  private static let settings = "/etc/apt-gate/apt-gate.yaml.d"
  private static let ledger = "/var/lib/apt-gate/ledger/ledger.db"

  private static let setBack = "clock set back a year"

  private static let troubles = [
    Trouble(
      name: "disk full",
      breaking: """
        cp -a /var/lib/apt-gate /root/saved
        mount -t tmpfs -o size=4m,mode=700 tmpfs /var/lib/apt-gate
        cp -a /root/saved/. /var/lib/apt-gate/
        dd if=/dev/zero of=/var/lib/apt-gate/full bs=4k 2> /dev/null || true
        """, mending: "umount /var/lib/apt-gate; rm -rf /root/saved", words: "may not go ahead unrecorded",
      sync: (1, "no room")),
    Trouble(
      name: "state read-only",
      breaking: "mount --bind /var/lib/apt-gate /var/lib/apt-gate; mount -o remount,bind,ro /var/lib/apt-gate",
      mending: "umount /var/lib/apt-gate", words: "may not go ahead unrecorded", sync: (1, "")),
    Trouble(
      name: "ledger corrupt",
      breaking:
        "cp -a \(ledger) /root/saved.db; dd if=/dev/urandom of=\(ledger) bs=4k count=8 conv=notrunc 2> /dev/null",
      mending: "rm -f \(ledger)-*; cp -a /root/saved.db \(ledger)", words: "may not go ahead unrecorded",
      sync: (1, "ledger")),
    Trouble(
      name: "policy unparsable",
      breaking: "mkdir /etc/apt-gate/policies/broken; echo 'rules: [' > /etc/apt-gate/policies/broken/policy.yaml",
      mending: "rm -r /etc/apt-gate/policies/broken", words: "a policy is broken", sync: (4, "policy.yaml")),
    Trouble(
      name: "no policy can be read",
      breaking: "chmod o+w /etc/apt-gate/policies", mending: "chmod o-w /etc/apt-gate/policies",
      words: "", sync: (4, "others than root may write it")),
    Trouble(
      name: "lists gone", breaking: "mv /var/lib/apt/lists /root/lists; rm -f /var/cache/apt/*.bin",
      mending: "rm -rf /var/lib/apt/lists; mv /root/lists /var/lib/apt/lists", passing: ["plain", "net"], refusal: 2,
      words: "by `", sync: (1, "")),
    Trouble(
      name: "probes hang",
      breaking: """
        cat > \(settings)/95-probes.yaml << 'END'
        apiVersion: apt-gate/v1
        probes:
          targets: [{kind: tcp, address: 198.18.0.77, port: 80}, {kind: icmp, address: 198.18.0.78}]
        END
        """, mending: "rm \(settings)/95-probes.yaml", passing: ["plain", "net"], refusal: 2,
      words: "by `"),
    Trouble(
      name: setBack, breaking: ":", mending: ":", passing: ["plain", "net"], refusal: 2, words: "by `"),
    Trouble(
      // The packages themselves were looked into: what nothing in them gates goes ahead.
      name: "the hook hangs", breaking: ":", mending: ":", environment: ["APT_GATE_FAILPOINT=decide:hang"],
      passing: ["plain"], words: "it was not known within"),
  ]

  private struct Run: Decodable {
    var status: Int32
    var words: String
    var preInstall: Double
    var postInstall: Double
  }

  @Test("gated changes are held, others go through", .timeLimit(.minutes(30)))
  func broken() async throws {
    let gated = try await GatedNode.bootWithPackages()
    let node = gated.node
    let limits = try await Limits.ofProgram()
    try node.write("\(Self.settings)/90-limits.yaml", limits.settings)
    _ = try await node.run("apt-gate", "sync", "--quiet")
    for package in ["net", "held", "wait", "plain"] { _ = try await node.run("time-hook", package) }
    for trouble in Self.troubles {
      try await node.shell(trouble.breaking)
      if trouble.name == Self.setBack { try recordInAYear(on: node) }
      var slowest = (preInstall: 0.0, postInstall: 0.0)
      for package in ["net", "held", "wait", "plain"] {
        let run = try await hook(package, on: node, trouble, limits)
        slowest = (max(slowest.preInstall, run.preInstall), max(slowest.postInstall, run.postInstall))
      }
      try await sync(on: node, trouble)
      try await node.shell(trouble.mending)
      try await recovers(gated, trouble)
      print(
        "\(trouble.name): hooks took \(Int(slowest.preInstall * 1000)) ms and \(Int(slowest.postInstall * 1000)) ms at most"
      )
    }
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
  }

  /// The ledger has an entry of next year: what a clock that was set back since leaves. No clock of the machine is set.
  private func recordInAYear(on node: BootedNode) throws {
    let place = URL(filePath: "/proc/\(node.initProcess)/root/var/lib/apt-gate/ledger")
    let state = FileManager.default.temporaryDirectory.appending(path: "apt-gate-next-year-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: state) }
    // SQLite follows the links of its path, and those of a process's root lead nowhere: a copy is written to.
    try FileManager.default.copyItem(at: place, to: state.appending(path: "ledger"))
    let then = Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970) + 365 * 86400)
    try NodeLedger.open(state: state.path, node: "node")
      .append([.firstSeen(FirstSeenRecord(source: "wait", version: "2.0"))], at: then)
    try FileManager.default.removeItem(at: place)
    try FileManager.default.copyItem(at: state.appending(path: "ledger"), to: place)
  }

  private func hook(
    _ package: String, on node: BootedNode, _ trouble: Trouble, _ limits: Limits
  ) async throws -> Run {
    let outcome = try await node.run(words: ["time-hook", package] + trouble.environment)
    let run = try JSONDecoder().decode(Run.self, from: Data(outcome.output.utf8))
    let name = "\(trouble.name), \(package): \(run.words)"
    if trouble.passing.contains(package) {
      #expect(run.status == 0, "\(name)")
    } else {
      #expect(run.status == trouble.refusal || (trouble.refusal == 4 && run.status == 2), "\(run.status): \(name)")
      // What a rule holds is held by it, whatever else is broken.
      let words = run.status == 2 ? "by `" : trouble.words
      #expect(words.isEmpty || run.words.contains(words), "\(name)")
      #expect(run.words.contains("\(package) 1.0 -> 2.0"), "\(name)")
    }
    #expect(run.preInstall <= Double(limits.preInstall) + limits.slack, "\(name)")
    #expect(run.postInstall <= Double(limits.postInstall) + limits.slack, "\(name)")
    return run
  }

  private func sync(on node: BootedNode, _ trouble: Trouble) async throws {
    let outcome = try await node.run(words: ["env"] + trouble.environment + ["apt-gate", "sync", "--quiet"])
    let said = "\(trouble.name), sync: \(outcome.status) \(outcome.errors)"
    guard let expected = trouble.sync else {
      #expect([0, 2].contains(outcome.status), "\(said)")
      return
    }
    #expect(outcome.status == expected.status, "\(said)")
    #expect(expected.words.isEmpty || outcome.errors.contains(expected.words), "\(said)")
  }

  /// With everything mended the next run needs no person, and nothing is left.
  private func recovers(_ gated: GatedNode, _ trouble: Trouble) async throws {
    let words = ["apt-get", "-y", "--reinstall", "--allow-downgrades", "install", "/root/debs/plain_1.0_all.deb"]
    let next = try await gated.node.run(words: words)
    #expect(next.status == 0, "after \(trouble.name): \(next.output)\(next.errors)")
    #expect(try await gated.leftovers() == "", "after \(trouble.name)")
    #expect([0, 2].contains(try await gated.node.run("apt-gate", "sync", "--quiet").status), "after \(trouble.name)")
  }
}
