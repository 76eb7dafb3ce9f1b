public import Documents
public import GateModel

/// The policies that are in force together.
///
/// A set is a value: neither the order of the files nor of the rules in them changes what it decides.
public struct PolicySet: Sendable {
  /// Sorted by name.
  public let documents: [PolicyDocument]
  /// The escalations of all documents, sorted by id.
  public let escalations: [Escalation]
  /// The rules of all documents, sorted by id.
  public let rules: [PolicyRule]
  /// The first error of a set that could not be read in full; what is gated is then ``Verdict/undetermined``.
  public let brokenBy: Diagnostic?
  /// What ``PolicyDigest`` is computed over: the same bytes for the same policies, however their files are
  /// laid out, ordered and commented.
  public let canonicalBytes: [UInt8]

  let gates: [Gate]
  let ruleIndex: MatchIndex
  let gateIndex: MatchIndex

  /// An entry of `gated:`.
  struct Gate: Sendable {
    var match: ChangeMatch
    var policy: String
  }

  init(documents: [PolicyDocument], canonicalBytes: [UInt8], brokenBy: Diagnostic?) {
    self.documents = documents.sorted { $0.name < $1.name }
    let rules = documents.flatMap(\.rules).sorted { $0.id < $1.id }
    escalations = documents.flatMap(\.escalations).sorted { $0.id < $1.id }
    gates = self.documents.flatMap { document in
      document.gated.map { Gate(match: $0, policy: document.name) }
    }
    self.rules = rules
    ruleIndex = MatchIndex(rules.map(\.match))
    gateIndex = MatchIndex(gates.map(\.match))
    self.brokenBy = brokenBy
    self.canonicalBytes = canonicalBytes
  }

  /// The policies whose `gated:` names the change, sorted; empty if it passes whatever is broken.
  public func policiesGating(_ facts: Facts) -> [String] {
    let candidates = gateIndex.candidates(facts.change, facts.effects)
    let named = candidates.filter { gates[$0].match.evaluate(facts).matched }
    return Set(named.map { gates[$0].policy }).sorted()
  }
}
