import GateModel
import Policy

/// What `check --facts` prints, on one line. Described by docs/protocols/facts.schema.json.
struct FactsDocument {
  var facts: [Facts]

  var text: String { JSONWriter.safe(FactsCapture(facts).json) + "\n" }
}
