import FleetSupport
import Foundation
import Testing

/// The auditor's side: what the ledgers say, what the reports say, and what the pages say.
extension LabFleet {
  /// Compares them, node by node and over the fleet.
  func expectReportsAgree() async throws {
    try await checkIn()
    var ledgers: [String: LedgerFigures] = [:]
    for name in Self.names {
      let node = try #require(nodes[name]).node
      let export = try await node.shell(
        "rm -rf /root/export; apt-gate ledger export /root/export > /dev/null; cat /root/export/entries.jsonl")
      let figures = try LedgerFigures(entries: export)
      ledgers[name] = figures
      let report = try Self.object(
        try await node.shell("apt-gate report --export /root/export --format json"))
      try expect(report, is: figures, of: name)
    }
    let fleet = try Self.object(try await coordinator.report("--format", "json"))
    try expect(fleet, adds: ledgers)
    for name in Self.names { try await expectPage(of: name, says: #require(ledgers[name])) }
    print("audit: \(ledgers.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "; "))")
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func expect(_ report: [String: Any], is figures: LedgerFigures, of name: String) throws {
    let summary = try #require(report["summary"] as? [String: Any])
    func number(_ key: String) -> Int { summary[key] as? Int ?? -1 }
    #expect(number("entries") == figures.entries, "\(name)")
    #expect(number("held") == figures.held.count && number("approvals") == figures.approvals, "\(name) \(summary)")
    #expect(number("vetoes") == figures.vetoes && number("transactions") == figures.transactions, "\(name) \(summary)")
    #expect(number("transactionsNotCompleted") == figures.transactions - figures.completed, "\(name) \(summary)")
    #expect(number("lost") == figures.lost && number("restored") == figures.restored, "\(name) \(summary)")
    #expect(number("missing") == figures.missing && number("owedRestarts") == figures.owed.count, "\(name) \(summary)")
    let held = (report["held"] as? [[String: Any]] ?? []).map { "\($0["source"] ?? "")=\($0["to"] ?? "")" }
    #expect(Set(held) == figures.held, "\(name)")
    let runs = (report["transactions"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == "update" }
    let predicted = runs.count { run in
      (run["changes"] as? [[String: Any]] ?? []).contains { $0["effects"] is [Any] }
    }
    #expect(predicted == figures.predicted, "\(name)")
    let verification = report["verification"] as? [String: Any]
    #expect(verification?["valid"] as? Bool == true, "\(name) \(verification ?? [:])")
  }

  private func expect(_ fleet: [String: Any], adds ledgers: [String: LedgerFigures]) throws {
    let summary = try #require(fleet["summary"] as? [String: Any])
    func expect(_ key: String, _ figure: (LedgerFigures) -> Int) {
      #expect(summary[key] as? Int == ledgers.values.reduce(0) { $0 + figure($1) }, "\(key) \(summary)")
    }
    expect("held") { $0.held.count }
    expect("approvals") { $0.approvals }
    expect("vetoes") { $0.vetoes }
    expect("transactions") { $0.transactions }
    expect("transactionsNotCompleted") { $0.transactions - $0.completed }
    expect("lost") { $0.lost }
    expect("restored") { $0.restored }
    expect("missing") { $0.missing }
    expect("owedRestarts") { $0.owed.count }
    #expect(summary["nodes"] as? Int == ledgers.count && summary["untold"] as? Int == 0, "\(summary)")
    #expect(summary["consistent"] as? Int == ledgers.count && fleet["intact"] as? Bool == true, "\(summary)")
    for line in fleet["ledgers"] as? [[String: Any]] ?? [] {
      let figures = ledgers[line["node"] as? String ?? ""]
      #expect(line["toldEntries"] as? Int == figures?.entries, "\(line)")
      #expect(line["witnessedEntries"] as? Int == figures?.entries, "\(line)")
    }
    let effects = (fleet["effects"] as? [[String: Any]] ?? []).first { $0["source"] as? String == "systemd" }
    #expect(effects?["completed"] as? Int == ledgers.count, "\(effects ?? [:])")
    let predicted = effects?["predictedEffects"] as? [String] ?? []
    #expect(predicted.contains { $0.contains("restart systemd-networkd.service") }, "\(predicted)")
    let deeds = fleet["deeds"] as? [[String: Any]] ?? []
    #expect(deeds.contains { $0["what"] as? String == "configure" && $0["intact"] as? String == "yes" }, "\(deeds)")
  }

  /// The node's page has its runs with what they did to the network, what it holds, what it owes, and the ledger's size.
  private func expectPage(of name: String, says figures: LedgerFigures) async throws {
    let page = try await coordinator.page("/nodes/\(name)")
    #expect(page.contains("chip good\">witnessed"), "\(page.suffix(3000))")
    #expect(page.contains("\(figures.entries) entries"), "\(name): \(figures.entries)")
    for unit in figures.owed { #expect(page.contains(unit), "\(name): \(unit)") }
    for version in figures.held {
      #expect(page.contains(version.split(separator: "=").last.map(String.init) ?? ""), "\(name): \(version)")
    }
    let lost = page.matches(of: /([0-9]+) network objects lost, ([0-9]+) restored, ([0-9]+) missing/)
    #expect(lost.reduce(0) { $0 + (Int($1.output.1) ?? 0) } == figures.lost, "\(name)")
    #expect(lost.reduce(0) { $0 + (Int($1.output.2) ?? 0) } == figures.restored, "\(name)")
    #expect(lost.reduce(0) { $0 + (Int($1.output.3) ?? 0) } == figures.missing, "\(name)")
  }
}

extension LabCoordinator {
  /// The fleet's report, for an auditor.
  func report(_ words: String...) async throws -> String {
    let file = try await tokenFile(of: "auditor", "auditor")
    return try await LabCommand(
      words: besideSwitch + ["timeout", "60", LabFolder.program.path, "report"] + words
        + ["--coordinator", Self.url, "--trust", authority.certificate, "--token-file", file]
    ).output()
  }

  /// A page as a person sees it who signs in.
  func page(_ path: String) async throws -> String {
    let file = try await tokenFile(of: "auditor", "auditor")
    let script = """
      jar=$(mktemp)
      trap 'rm -f "$jar"' EXIT
      curl() { command curl -sS --fail --max-time 30 --cacert "$1" -b "$jar" -c "$jar" "${@:2}"; }
      curl "$1" --data-urlencode "token@$2" "$3/sign-in" > /dev/null
      curl "$1" "$3$4"
      """
    return try await LabCommand(
      words: besideSwitch + ["bash", "-ec", script, "page", authority.certificate, file, Self.url, path]
    ).output()
  }
}
