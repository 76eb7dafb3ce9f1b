internal import AuditReport
public import CoordinatorAPI
internal import GateModel
internal import LedgerLog
public import Rollout

/// One node: what it holds and why, what updates did to it, what it owes, and whether its ledger is what it was.
public struct NodePage: Page {
  public var line: NodeLine
  public var document: NodeDocument
  public var memberships: [(id: RolloutID, record: NodeRecord)]

  public init(line: NodeLine, document: NodeDocument, memberships: [(id: RolloutID, record: NodeRecord)]) {
    self.line = line
    self.document = document
    self.memberships = memberships
  }

  public var title: String { "Node \(line.node.name)" }
  public var section: PageSection? { .nodes }
  public var template: String { "node" }

  private var summary: NodeSummary { document.summary ?? NodeSummary() }
  private var account: NodeAccount { summary.account ?? NodeAccount() }

  public func fields(in frame: PageFrame) -> [String: Any] {
    let now = frame.now
    var fields: [String: Any] = [
      "node": line.node.name, "state": line.state(at: now), "seen": Fields.time(line.node.seen, now: now),
      "facts": facts,
    ]
    fields["why"] = line.node.problem
    fields["ledger"] = ledger(now)
    if !memberships.isEmpty { fields["memberships"] = ["list": memberships.map { membership($0, now) }] }
    let decisions = decisions(now)
    if !decisions.isEmpty { fields["decisions"] = ["list": decisions] }
    let restarts = restarts(now)
    if !restarts.isEmpty { fields["restarts"] = ["list": restarts] }
    if !account.transactions.isEmpty {
      // The newest loss is what somebody comes for.
      let newest = account.transactions.firstIndex { ($0.network?.lost ?? 0) > 0 }
      fields["runs"] = [
        "list": account.transactions.enumerated().map { run($0.element, isOpen: $0.offset == newest, now) }
      ]
    }
    return fields
  }

  private var facts: [[String: Any]] {
    let system = [summary.distribution, summary.release, summary.architecture].compactMap { $0 }.joined(separator: " ")
    let labels = line.node.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    return Self.facts([
      ("Ring", line.ringText), ("Groups", document.groups.joined(separator: ", ")), ("Labels", labels),
      ("System", system), ("Kernel", summary.kernel), ("apt-gate", summary.gate),
    ])
  }

  private static func facts(_ facts: [(String, String?)]) -> [[String: Any]] {
    facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : ["name": name, "value": $0] } }
  }

  private func ledger(_ now: Timestamp) -> [String: Any]? {
    guard account.ledger != nil || summary.checkpoint != nil || line.ledger.state != .unseen else { return nil }
    let words: String =
      switch line.ledger.state {
      case .consistent:
        "Each checkpoint that it showed continued the one before; this coordinator has countersigned the last."
      case .behind: line.ledger.alarm ?? "The node shows fewer entries than were seen."
      case .contradicted: line.ledger.alarm ?? "Two checkpoints contradict each other."
      case .unseen: "This coordinator has countersigned no checkpoint of it."
      }
    var fields: [String: Any] = ["state": line.ledger.chip, "text": words]
    fields["facts"] = Self.facts([
      ("Entries", account.ledger.map { Fields.grouped($0.entries) }),
      ("Last entry", account.ledger?.last.map(Fields.words)),
      ("Witnessed", line.ledger.entries.map { "\(Fields.grouped($0)) entries" }),
      ("Witnessed at", line.ledger.witnessed.map(Fields.words)), ("Key", account.ledger?.key),
    ])
    if let text = summary.checkpoint {
      fields["checkpoint"] = ["lines": text.split(separator: "\n").map(String.init)]
    }
    return fields
  }

  private func membership(_ member: (id: RolloutID, record: NodeRecord), _ now: Timestamp) -> [String: Any] {
    var fields: [String: Any] = [
      "id": member.id.description, "href": RolloutCard.href(member.id), "ring": member.record.ring,
      "phase": RolloutCard.chip(member.record.phase), "since": Fields.time(member.record.since, now: now),
    ]
    fields["reason"] = member.record.reason
    return fields
  }

  /// What the ledger says; of what is held without it, what the pins say.
  private func decisions(_ now: Timestamp) -> [[String: Any]] {
    let known = account.decisions.map { decision($0, now) }
    let versions = Set(account.decisions.map { "\($0.source)=\($0.to ?? "")" })
    let rest = summary.held.filter { !versions.contains("\($0.source)=\($0.version)") }.map { held -> [String: Any] in
      [
        "source": held.source, "from": "", "to": held.version, "verdict": Fields.chip(verdict: held.verdict),
        "message": held.message, "facts": Self.facts([("Held since", held.since.map(Fields.words))]),
      ]
    }
    return known + rest
  }

  private func decision(_ decision: NodeAccount.Decision, _ now: Timestamp) -> [String: Any] {
    let held = summary.held.first { $0.source == decision.source && $0.version == decision.to ?? "" }
    var fields: [String: Any] = [
      "source": decision.source, "from": decision.from ?? "not installed", "to": decision.to ?? "removal",
      "verdict": Fields.chip(verdict: decision.verdict), "decided": Fields.time(decision.decided, now: now),
      "facts": Self.facts([
        ("Held since", held?.since.map { "\(Fields.words($0)), \(Fields.distance($0, from: now))" }),
        ("Rules", decision.rules.joined(separator: ", ")), ("Cleared by", decision.clearsWhen),
        ("Responsible", decision.responsible.joined(separator: ", ")),
        ("Security", decision.security.map { $0 ? "yes" : "no" } ?? "unknown"),
        (
          "Fixes",
          decision.cves.map { $0.isEmpty ? "no CVE that its changelog names" : $0.joined(separator: ", ") } ?? "unknown"
        ),
      ]),
    ]
    fields["message"] = decision.message
    if decision.security == true { fields["security"] = Fields.chip("security", .bad) }
    if let effects = decision.effects, !effects.isEmpty {
      fields["effects"] = [
        "heading": Fields.count(effects.count, "predicted effect", "predicted effects"), "few": effects.count <= 4,
        "list": effects.map { effect -> [String: Any] in
          [
            "kind": effect.kind, "unit": effect.unit ?? "–", "verb": effect.verb ?? "–",
            "certainty": effect.certainty, "basis": effect.basis,
          ]
        },
      ]
    }
    return fields
  }

  private func restarts(_ now: Timestamp) -> [[String: Any]] {
    let told = account.owedRestarts.map { owed -> [String: Any] in
      [
        "unit": owed.unit, "since": Fields.time(owed.since, now: now), "sources": owed.sources.joined(separator: ", "),
      ]
    }
    let units = Set(account.owedRestarts.map(\.unit))
    return told + summary.owedRestarts.filter { !units.contains($0) }.map { ["unit": $0, "sources": "unknown"] }
  }

  private func run(_ run: NodeAccount.Transaction, isOpen: Bool, _ now: Timestamp) -> [String: Any] {
    let subject =
      run.subjects.prefix(5).joined(separator: ", ")
      + (run.subjects.count > 5 ? " and \(run.subjects.count - 5) more" : "")
    var fields: [String: Any] = [
      "subject": subject.isEmpty ? run.id : subject, "began": Fields.time(run.began, now: now),
      "result": Fields.chip(run.result ?? "no outcome", run.result == "completed" ? .good : .bad),
    ]
    let network = run.network.map { network in
      Fields.count(network.lost, "network object", "network objects")
        + " lost, \(network.restored) restored, \(network.missing) missing."
    }
    let text = [run.message, network].compactMap { $0 }.joined(separator: " ")
    if !text.isEmpty { fields["text"] = text }
    let record = run.network.map { network in
      NetworkRecord(
        lost: network.lost, restored: network.restored, missing: network.missing, objects: network.objects,
        missingObjects: network.missingObjects)
    }
    if let picture = DriftPicture(transaction: run.id, began: run.began, subject: subject, network: record) {
      fields["picture"] = [
        "heading": "What it took from the network", "open": isOpen, "markup": picture.html.markup,
      ]
    }
    return fields
  }
}
