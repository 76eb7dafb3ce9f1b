internal import GateModel
internal import LedgerLog

extension SampleHistory {
  /// Ninety days of a node: every kind of entry, and every way in which an update, an approval or a restart ends.
  public static var quarter: SampleHistory {
    var history = SampleHistory()
    history.addFirstMonth()
    history.addSystemd()
    history.addLastMonth()
    return history
  }

  private static let networkd = "systemd-networkd.service"

  private mutating func addFirstMonth() {
    add(0, .configuration(ConfigurationRecord(policyDigest: Self.digest, mode: "enforce", version: "0.1.0")))
    see(1, "openssl", "3.0.16-1~deb12u1", origins: ["Debian-Security/stable-security"])
    add(
      1,
      .decision(
        DecisionRecord(
          change: Self.change("openssl", "3.0.15-1~deb12u1", "3.0.16-1~deb12u1"), verdict: .allow,
          policyDigest: Self.digest, effects: [])))
    sync(1, ["openssl=3.0.16-1~deb12u1"])
    // Its .deb was not at hand before: the changelog stands in the intent only.
    let changelog = ChangelogRecord(cves: ["CVE-2026-1001", "CVE-2026-1002"], urgency: "high", isComplete: true)
    begin(1.5, "t-openssl", [Self.change("openssl", "3.0.15-1~deb12u1", "3.0.16-1~deb12u1", fixes: changelog)])
    end(1.51, "t-openssl")
    sync(2, [])
    addKernel()
    see(14, "vim", "2:9.0.1378-3", origins: ["Debian/stable"])
    add(
      14,
      .decision(
        DecisionRecord(
          change: Self.change("vim", "2:9.0.1378-2", "2:9.0.1378-3", security: false), verdict: .allow,
          policyDigest: Self.digest)))
    sync(14, ["vim=2:9.0.1378-3"])
    // Gone from the archive before anything applied it.
    sync(15, [])
  }

  private mutating func addKernel() {
    let version = "6.1.150-1"
    see(4, "linux", version, origins: ["Debian-Security/stable-security"])
    let changelog = ChangelogRecord(
      cves: (1...14).map { "CVE-2026-\(2000 + $0)" }, urgency: "medium", isComplete: false)
    add(
      4,
      .decision(
        DecisionRecord(
          change: Self.change("linux", nil, version, action: .install, fixes: changelog), verdict: .defer,
          decidedBy: ["kernel-in-window"], message: "a new kernel waits for the window `sunday`",
          clearsWhen: "2026-08-09T02:00:00Z, when the window `sunday` opens", policyDigest: Self.digest,
          effects: [EffectRecord(kind: .kernel, certainty: .certain, basis: .candidate)])))
    sync(4, ["linux=\(version)"], pinned: ["linux=\(version)"])
    add(
      9.8,
      .decision(
        DecisionRecord(
          change: Self.change("linux", nil, version, action: .install, fixes: changelog), verdict: .allow,
          policyDigest: Self.digest)))
    sync(9.8, ["linux=\(version)"])
    begin(9.9, "t-linux", [Self.change("linux", nil, version, action: .install)])
    end(9.91, "t-linux")
    sync(10, [])
  }

  private mutating func addSystemd() {
    let (from, to) = ("252.38-1~deb12u1", "252.39-1~deb12u2")
    let changelog = ChangelogRecord(urgency: "medium", isComplete: true)
    let change = Self.change("systemd", from, to, security: false, fixes: changelog)
    let effects = [
      EffectRecord(kind: .reexec, verb: "daemon-reexec", certainty: .certain, basis: .candidate),
      EffectRecord(kind: .restart, unit: Self.networkd, verb: "try-restart", certainty: .certain, basis: .candidate),
    ]
    see(18, "systemd", to, origins: ["Debian/stable"])
    add(
      18,
      .decision(
        DecisionRecord(
          change: change, verdict: .approve, decidedBy: ["networkd-restart"], gatedBy: ["networkd"],
          shieldedUnits: [Self.networkd],
          message: "restarts systemd-networkd.service, which deletes 3 routes and 1 rule",
          clearsWhen: "1 person approves it", policyDigest: Self.digest, effects: effects,
          prediction: LossRecord(routes: 3, rules: 1),
          responsible: ["@network"])))
    sync(18, ["systemd=\(to)"], pinned: ["systemd=\(to)"])
    add(19, .veto(VetoRecord(changes: [change], rules: ["networkd-restart"], message: "`systemd` is held")))
    add(
      26, .approval(approval("systemd", to, "routes are watched, window agreed with the cluster team", expires: 40)),
      by: Self.person("alice"))
    add(
      26.1,
      .decision(
        DecisionRecord(
          change: change, verdict: .shield, decidedBy: ["networkd-restart"], shieldedUnits: [Self.networkd],
          policyDigest: Self.digest, approvals: [count - 1], effects: effects,
          prediction: LossRecord(routes: 3, rules: 1))))
    begin(27, "t-systemd", [change], shielding: [Self.networkd])
    let lost = [
      "route 10.244.1.0/24 via 192.0.2.11 dev eth0 proto bird",
      "route 10.244.2.0/24 via 192.0.2.12 dev eth0 proto bird",
      "route 10.244.3.0/24 via 192.0.2.13 dev eth0 proto bird", "rule 100: from all fwmark 0x200 lookup 2005",
    ]
    add(27.01, .owedRestart(OwedRestartRecord(unit: Self.networkd, transaction: "t-systemd", sources: ["systemd"])))
    end(
      27.01, "t-systemd", .failed,
      network: NetworkRecord(
        lost: 4, restored: 3, missing: 1, objects: [lost[3]] + lost[0...2], missingObjects: [lost[3]]),
      message: "1 object is missing")
    sync(27.1, [])
    add(28, .restartIntent(RestartIntent(transaction: "r-1", units: [Self.networkd], policyDigest: Self.digest)))
    add(
      28.01,
      .restartOutcome(
        RestartOutcome(
          transaction: "r-1", result: .completed, settled: [Self.networkd],
          network: NetworkRecord(lost: 3, restored: 3, objects: Array(lost[0...2]), missingObjects: []))))
  }

  private func approval(_ source: String, _ version: String, _ reason: String, expires: Double) -> ApprovalRecord {
    ApprovalRecord(
      source: source, version: version, policyDigest: Self.digest, reason: reason, expires: Self.day(expires),
      people: ["alice"])
  }

  private mutating func addLastMonth() {
    let (from, to) = ("2.36-9+deb12u10", "2.36-9+deb12u13")
    let changelog = ChangelogRecord(cves: ["CVE-2026-3001", "CVE-2026-3002"], urgency: "emergency", isComplete: true)
    see(60, "glibc", to, origins: ["Debian-Security/stable-security"])
    add(
      60,
      .decision(
        DecisionRecord(
          change: Self.change("glibc", from, to, fixes: changelog), verdict: .approve,
          decidedBy: ["libraries-of-networkd"],
          message: "needrestart would restart systemd-networkd.service, which maps libc6",
          clearsWhen: "2 people of @network approve it", policyDigest: Self.digest,
          effects: [EffectRecord(kind: .restart, unit: Self.networkd, certainty: .possible, basis: .installed)],
          prediction: LossRecord(routes: 5), responsible: ["@network"])))
    see(60, "locales", to, origins: [])
    add(
      60,
      .decision(
        DecisionRecord(
          change: Self.change("locales", from, to, security: nil), verdict: .allow, policyDigest: Self.digest)))
    syncGlibc(60, to)
    add(62, .approval(approval("glibc", to, "asked by the CISO", expires: 88)), by: Self.person("alice"))
    let approval = count - 1
    add(
      63, .revocation(RevocationRecord(approval: approval, source: "glibc", version: to, reason: "wrong node")),
      by: Self.person("bob", uid: 1001))
    add(64, .approval(self.approval("glibc", to, "in the window of Sunday", expires: 66)), by: Self.person("alice"))
    syncGlibc(70, to, problems: ["the pins could not be read again: input/output error"])
    begin(75, "t-gone", [Self.change("tzdata", "2026a-0", "2026b-0", security: false)])
    add(75.2, .sweep(SweepRecord(cause: .boot, interrupted: ["t-gone"])))
    add(76, .owedRestart(OwedRestartRecord(unit: "systemd-resolved.service", sources: ["systemd"])))
    syncGlibc(80, to)
  }

  private mutating func syncGlibc(_ day: Double, _ version: String, problems: [String] = []) {
    let phased = KeptBackRecord(source: "curl", from: "7.88.1-10", to: "7.88.1-11", reason: .phased, percentage: 20)
    let versions = ["glibc=\(version)", "locales=\(version)"]
    sync(
      day, versions, pinned: versions, companions: [CompanionRecord(source: "locales", heldBy: ["glibc"])],
      keptBack: [phased], problems: problems)
  }
}
