import GateEngine
import GateModel
import PackageAnalysis

@testable import apt_gate

/// Made-up reports that have something of everything.
enum SampleReport {
  static let node = NodeDescription(
    hostname: "node-1", machine: "x86_64", kernel: "6.1.0-39-cloud-amd64", system: "debian", systemVersion: "12",
    isSystemdRunning: true, systemdVersion: "252")

  static let mixed = CheckReport(
    changes: [systemd, kernel, bash, openssl, removal], keptBack: [heldNano, phasedVim, blockedGit],
    warnings: ["the list of `deb http://mirror.invalid` is old"], unknownFacts: unknownFacts)

  static let unknownFacts =
    [UnknownFact("network", reason: "reading it took over 2 seconds")] + FactsDecider.notCollected

  static let security = Origin(
    origin: "Debian", label: "Debian-Security", suite: "stable-security", codename: "bookworm-security",
    component: "main", site: "mirror.invalid")

  static let systemd = CheckedChange(
    assessed: AssessedChange(
      change: change(
        "systemd", "252.38-1~deb12u1", "252.39-1~deb12u2", binaries: ["libsystemd0", "systemd", "udev"],
        origins: [security], isSecurity: true),
      effects: [
        effect(.reexec, verb: "daemon-reexec", line: 120, text: "  _systemctl daemon-reexec || true"),
        effect(
          .restart, unit: "systemd-networkd.service", verb: "try-restart", line: 122,
          text: "  _systemctl try-restart systemd-networkd.service || true"),
        effect(
          .restart, unit: "systemd-journald.service", verb: "try-restart", line: 124,
          text: "  _systemctl try-restart systemd-journald.service || true"),
        effect(.unknown, certainty: .possible, line: 130, text: "eval \"$x\"", detail: "a word could not be known"),
      ],
      decision: Decision(
        verdict: .hold, decidedBy: ["networkd-restart"],
        message: "restarts systemd-networkd, which deletes the routes and rules it did not create",
        clearsWhen: "a newer version, another policy, or `apt-gate approve systemd`",
        rules: [
          RuleOutcome(rule: "kernel-abi", verdict: .approve, fired: false, reason: "no source matches `linux*`"),
          RuleOutcome(
            rule: "networkd-restart", verdict: .hold, fired: true, reason: "restart of systemd-networkd.service"),
        ])),
    basis: .candidate,
    calls: [
      ScriptCall(
        tool: "systemctl", arguments: ["try-restart", nil], certainty: .possible,
        evidence: Evidence(basis: .candidate, file: "systemd.postinst", line: 122, text: "_systemctl"))
    ])

  static let kernel = CheckedChange(
    assessed: AssessedChange(
      change: change(
        "linux-signed-amd64", nil, "6.1.153-1", action: .install, binaries: ["linux-image-6.1.0-40-cloud-amd64"]),
      effects: [
        effect(.kernel, detail: "new kernel ABI 6.1.0-40-cloud-amd64"), effect(.reboot),
      ],
      decision: Decision(
        verdict: .approve, decidedBy: ["kernel-abi"], message: "a new kernel needs a reboot",
        clearsWhen: "`apt-gate approve linux-signed-amd64`")),
    basis: .installed)

  static let bash = CheckedChange(
    assessed: AssessedChange(
      change: change("bash", "5.2.15-2", "5.2.15-2+b8", binaries: ["bash"]), effects: [], decision: allowed),
    basis: .installed)

  static let openssl = CheckedChange(
    assessed: AssessedChange(
      change: change(
        "openssl-with-a-very-long-source-package-name", "3.0.15-1~deb12u1+really3.0.14", "3.0.17-1~deb12u2+really3",
        binaries: ["libssl3", "openssl"]),
      effects: [
        effect(.restart, unit: "ssh.service", verb: "restart", certainty: .possible, line: 9, text: "x"),
        effect(.reload, verb: "daemon-reload", line: 10, text: "y"),
      ], decision: allowed),
    basis: .installed)

  static let removal = CheckedChange(
    assessed: AssessedChange(
      change: change("zlib-old", "1.0", nil, action: .remove, binaries: ["zlib-old"]), effects: [],
      decision: Decision(
        verdict: .undetermined, decidedBy: [], message: "the policies could not decide: x", clearsWhen: nil)),
    basis: .unknown)

  private static let allowed = Decision(verdict: .allow, decidedBy: [], message: nil, clearsWhen: nil)

  static let heldNano = kept("nano", .held)
  static let phasedVim = kept("vim", .phased(Phasing(percentage: 20, includesThisNode: false)))
  static let blockedGit = kept(
    "git",
    .dependencies([
      DependencyObstacle(package: "git 2", relation: "Breaks: git-el (<< 2)", inTheWay: ["git-el:all"])
    ]))

  private static func kept(_ name: String, _ reason: KeptBackReason) -> KeptBackPackage {
    KeptBackPackage(
      source: name, name: name, architecture: "amd64", from: PackageVersion("1.0"), to: PackageVersion("2.0"),
      reason: reason)
  }

  static func change(
    _ source: String, _ from: String?, _ to: String?, action: ChangeAction = .upgrade, binaries: [String],
    origins: [Origin] = [], isSecurity: Bool = false
  ) -> Change {
    let from = from.map(PackageVersion.init)
    let to = to.map(PackageVersion.init)
    return Change(
      source: source, from: from, to: to, action: action,
      binaries: binaries.map { name in
        BinaryChange(
          name: name, architecture: "amd64", from: from, to: to, action: action, origins: origins,
          isSecurity: isSecurity, downloadSize: 1000, installedSizeDelta: -5)
      })
  }

  static func effect(
    _ kind: EffectKind, unit: String? = nil, verb: String? = nil, certainty: Certainty = .certain, line: Int? = nil,
    text: String? = nil, detail: String? = nil
  ) -> Effect {
    Effect(
      kind: kind, unit: unit, verb: verb, certainty: certainty,
      evidence: Evidence(basis: .candidate, file: "systemd.postinst", line: line, text: text), package: "systemd",
      detail: detail)
  }
}
