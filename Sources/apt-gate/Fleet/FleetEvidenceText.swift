import CoordinatorAPI
import GateModel

/// What `fleet evidence` prints for people.
struct FleetEvidenceText {
  var list: LedgerEvidenceList
  var layout: TextLayout

  var text: String {
    let ledger = list.ledger
    let head = ledger.alarm.map { "ALARM: \(DisplayText.line($0))" } ?? "No alarm."
    var lines = ["\(DisplayText.line(ledger.node)): \(head)", "  key      \(DisplayText.line(ledger.key))"]
    lines.append("  witness  \(DisplayText.line(ledger.witness))")
    if list.evidence.isEmpty { lines.append("Nothing contradicts what was seen.") }
    for evidence in list.evidence {
      lines += ["", "\(evidence.at): \(DisplayText.line(evidence.reason))"]
      lines += Self.note("seen", evidence.seen) + Self.note("offered", evidence.offered)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func note(_ name: String, _ text: String) -> [String] {
    ["  \(name):"] + text.split(separator: "\n").map { "    \(DisplayText.line(String($0)))" }
  }
}

extension FleetDocument {
  static func evidence(_ list: LedgerEvidenceList) -> JSONValue {
    [
      "schema": "apt-gate/fleet-evidence/1", "node": .string(list.ledger.node), "key": .string(list.ledger.key),
      "checkpoint": .string(list.ledger.checkpoint), "witness": .string(list.ledger.witness),
      "alarm": .optional(list.ledger.alarm),
      "evidence": .array(
        list.evidence.map { evidence in
          [
            "at": .string(evidence.at.description), "reason": .string(evidence.reason),
            "seenKey": .string(evidence.seenKey), "seen": .string(evidence.seen),
            "offeredKey": .string(evidence.offeredKey), "offered": .string(evidence.offered),
            "proof": .strings(evidence.proof),
          ]
        }),
    ]
  }
}
