import GateEngine
import GateModel

extension CheckSummary {
  var json: JSONValue {
    [
      "total": .number(total),
      "held": .number(held),
      "verdicts": .object(
        Verdict.allCases.map { JSONMember(key: $0.rawValue, value: .number(count(of: $0))) }),
      "basis": .object(
        EvidenceBasis.allCases.map { JSONMember(key: $0.rawValue, value: .number(count(of: $0))) }),
      "keptBack": .number(keptBack),
    ]
  }
}
