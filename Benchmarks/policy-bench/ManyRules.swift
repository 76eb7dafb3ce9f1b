import Documents
import GateModel
import Policy

extension PolicySet {
  /// Rules by source, by binary, by effect and by origin in turn; every other one has a condition.
  static func ofManyRules(_ count: Int) throws(PolicyLoadError) -> PolicySet {
    let rules = (0..<count).map { number in
      let match = [
        "{source: 'source-\(number)'}", "{source: 'source-\(number)*', security: true}", "{binary: 'lib\(number)-*'}",
        "{source: '*', effects: {kind: restart, unit: 'unit-\(number).service'}}",
        "{effects: {kind: reboot}, origin: {suite: 'stable-\(number)'}}",
      ][number % 5]
      let when = number % 2 == 0 ? ", when: 'network.atRisk.count > 0 && update.age < duration(\"72h\")'" : ""
      return "  - {id: r\(number), match: \(match)\(when), effect: stage, message: 'the update of {update.source}'}\n"
    }
    let text = "apiVersion: apt-gate/v1\nname: many\nrules:\n" + rules.joined()
    return try PolicySet.load([DocumentSource(name: "many.yaml", text: text)]).result.get()
  }
}

extension Facts {
  /// An upgrade with two binaries and two effects on a node of which everything is known.
  static func aboutManyThings(_ number: Int) -> Facts {
    let now = Timestamp(secondsSinceEpoch: 1_790_000_000)
    return Facts(
      change: change(number), effects: effects(number), firstSeen: now.advanced(by: .seconds(-86_400)),
      node: NodeFacts(name: "node", groups: ["edge"], distribution: "debian", release: "12", labels: ["zone": "a"]),
      network: NetworkFacts(
        networkd: NetworkdFacts(running: true, version: "252"), managedLinks: ["eth0"],
        atRisk: NetworkAtRisk(objects: [
          ["kind": "route", "dst": "198.18.0.0/24", "dev": "eth0", "table": "200", "why": "foreign"],
          ["kind": "rule", "priority": "100", "table": "200", "why": "foreign"],
        ])),
      fleet: FleetFacts(reachable: true, ring: "canary", updatedNodes: 3), now: now)
  }

  private static func change(_ number: Int) -> Change {
    let debian = Origin(
      origin: "Debian", label: "Debian", suite: "stable", codename: "bookworm", component: "main", site: "")
    let from = PackageVersion("1.0-1")
    let to = PackageVersion("1.0-2")
    let binaries = ["lib\(number)-1", "tool-\(number)"].map { name in
      BinaryChange(
        name: name, architecture: "amd64", from: from, to: to, action: .upgrade, origins: [debian], isSecurity: true)
    }
    return Change(source: "source-\(number)", from: from, to: to, action: .upgrade, binaries: binaries)
  }

  private static func effects(_ number: Int) -> [Effect] {
    let evidence = Evidence(basis: .candidate, file: "demo.postinst", line: 7, text: "do_it")
    return [
      Effect(
        kind: .restart, unit: "unit-\(number).service", certainty: .certain, evidence: evidence, package: "demo"),
      Effect(kind: .reboot, certainty: .certain, evidence: evidence, package: "demo"),
    ]
  }
}
