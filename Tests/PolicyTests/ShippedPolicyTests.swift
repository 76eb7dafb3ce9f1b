import Documents
import Foundation
import GateModel
import Policy
import Testing

@Suite struct ShippedPolicyTests {
  static func load() throws -> PolicyLoad {
    let names = try Golden.names(in: Golden.shippedPolicies)
    return PolicySet.load(
      files: names.compactMap { name in
        let file = Golden.shippedPolicies.appending(path: "\(name)/policy.yaml")
        return (try? Golden.text(file)).map { (path: name, text: $0) }
      })
  }

  private func decide(_ change: Change, _ effects: [Effect] = []) throws -> Decision {
    try Self.load().result.get().decide(change: change, effects: effects)
  }

  @Test func loadWithoutDiagnostics() throws {
    let load = try Self.load()
    #expect(load.diagnostics.map(\.rendered) == [])
    #expect(load.set.documents.count >= 5)
  }

  @Test func debian12SystemdUpdateIsShielded() throws {
    let effects = [
      Sample.effect(.reexec, verb: "daemon-reexec"),
      Sample.effect(.restart, "systemd-networkd.service", verb: "try-restart"),
      Sample.effect(.restart, "systemd-journald.service", verb: "try-restart"),
    ]
    let decision = try decide(Sample.change("systemd", binaries: ["libsystemd0", "systemd"]), effects)
    #expect(decision.verdict == .shield)
    #expect(decision.decidedBy == ["networkd-restart"])
    #expect(decision.shieldedUnits == ["systemd-networkd.service"])
    #expect(decision.gatedBy == ["networkd-restart", "systemd"])
  }

  @Test func libraryThatRestartsNetworkdIsShielded() throws {
    let effects = [Sample.effect(.restart, "systemd-networkd.service", certainty: .possible)]
    #expect(try decide(Sample.change("glibc", binaries: ["libc6"]), effects).verdict == .shield)
  }

  @Test func libsystemdAloneIsAllowed() throws {
    let decision = try decide(Sample.change("systemd", binaries: ["libsystemd0"]))
    #expect(decision.verdict == .allow)
    #expect(decision.decidedBy == ["systemd-update"])
  }

  @Test(arguments: ["ssh.service", "cron.service", "nginx.service"])
  func ordinaryDaemonsAreAllowed(unit: String) throws {
    let decision = try decide(Sample.change("demo"), [Sample.effect(.restart, unit)])
    #expect(decision.verdict == .allow)
    #expect(decision.gatedBy == [])
  }

  @Test(arguments: [
    ("netplan.io", "netplan.io", Verdict.approve), ("isc-dhcp", "isc-dhcp-client", .approve),
    ("nftables", "nftables", .approve), ("iproute2", "iproute2", .allow), ("docker.io", "docker.io", .approve),
    ("runc", "runc", .stage), ("kubernetes", "kubelet", .stage), ("kubernetes", "kubectl", .allow),
    ("linux-signed-amd64", "linux-image-amd64", .stage), ("linux", "linux-libc-dev", .allow),
    ("bash", "bash", .allow),
  ])
  func verdicts(source: String, binary: String, verdict: Verdict) throws {
    #expect(try decide(Sample.change(source, binaries: [binary])).verdict == verdict)
  }

  @Test func everyGatedNameGetsAVerdictFromARule() throws {
    let set = try Self.load().result.get()
    for document in set.documents {
      for match in document.gated {
        for glob in match.sources {
          let change = Sample.change(glob.pattern.replacing("*", with: "x"), binaries: ["x"])
          #expect(set.decide(change: change, effects: []).verdict != .undetermined, "\(glob)")
        }
        for glob in match.binaries {
          let change = Sample.change("x", binaries: [glob.pattern.replacing("*", with: "x")])
          #expect(set.decide(change: change, effects: []).verdict != .undetermined, "\(glob)")
        }
      }
    }
  }
}
