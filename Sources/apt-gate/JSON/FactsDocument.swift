import GateModel
import Policy

/// What `check --facts` prints, on one line. Described by docs/protocols/facts.schema.json.
struct FactsDocument {
  var facts: [Facts]

  /// A change without origins, such as a removal, has no such key: a list that is written has something in it. The
  /// text that goes can only be a key, because quotes inside of texts have a backslash before them.
  var text: String {
    JSONWriter.safe(FactsCapture(facts).json.replacing("\"origins\":[],", with: "")) + "\n"
  }
}
