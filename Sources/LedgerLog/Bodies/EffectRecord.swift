public import GateModel

/// What applying a change does to the node, as it was predicted when the decision was made.
public struct EffectRecord: Sendable, Hashable {
  public var kind: EffectKind
  public var unit: String?
  /// The call as a script makes it.
  public var verb: String?
  public var certainty: Certainty
  /// What it was read from.
  public var basis: EvidenceBasis

  public init(
    kind: EffectKind, unit: String? = nil, verb: String? = nil, certainty: Certainty, basis: EvidenceBasis
  ) {
    self.kind = kind
    self.unit = unit
    self.verb = verb
    self.certainty = certainty
    self.basis = basis
  }

  /// How many a decision lists: with those, and texts of at most ``longestText``, an entry stays below its longest even
  /// if every character needs an escape.
  public static let most = 30
  /// Unicode scalars in a text.
  public static let longestText = 100

  /// The effects for an entry: without repeats, the first ``most``, no text longer than ``longestText``.
  public static func records(of effects: [Effect]) -> [EffectRecord] {
    var seen: Set<EffectRecord> = []
    let records = effects.lazy.map { effect in
      EffectRecord(
        kind: effect.kind, unit: effect.unit.map(short), verb: effect.verb.map(short), certainty: effect.certainty,
        basis: effect.evidence.basis)
    }
    return Array(records.filter { seen.insert($0).inserted }.prefix(most))
  }

  private static func short(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestText)))
  }
}

extension EffectRecord {
  var json: JSONValue {
    BodyWriter(
      ("kind", .string(kind.rawValue)), ("unit", .text(unit)), ("verb", .text(verb)),
      ("certainty", .string(certainty.rawValue)), ("basis", .string(basis.rawValue))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      kind: try reader.choice("kind"), unit: try reader.optionalText("unit"), verb: try reader.optionalText("verb"),
      certainty: try reader.choice("certainty"), basis: try reader.choice("basis"))
  }
}
