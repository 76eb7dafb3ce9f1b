public import GateModel

/// Which changes a rule or a `gated:` entry is about. Parts that are there are AND-ed; the values of one part
/// are OR-ed. At least one part is there.
public struct ChangeMatch: Sendable, Hashable {
  /// Names of source packages.
  public var sources: [Glob] = []
  /// Names of binary packages; one of the change's must match.
  public var binaries: [Glob] = []
  /// Where a candidate comes from; one of the change's origins must match.
  public var origins: [OriginPattern] = []
  /// Whether the change is a security update.
  public var security: Bool?
  public var actions: Set<ChangeAction> = []
  /// One of the change's effects must match one of these.
  public var effects: [EffectPattern] = []
  /// The node's groups; one of them must match.
  public var groups: [Glob] = []
}

/// Which origins are meant. Parts that are there are AND-ed.
public struct OriginPattern: Sendable, Hashable {
  /// A field of ``Origin``; the raw value is its name in a policy.
  public enum Field: String, Sendable, CaseIterable {
    case origin, label, suite, codename, component, site
  }

  struct Part: Sendable, Hashable {
    var field: Field
    var glob: Glob
  }

  /// In the order of the fields.
  let parts: [Part]

  /// With the globs that `glob` has for the fields.
  init(_ glob: (Field) -> Glob?) {
    parts = Field.allCases.compactMap { field in glob(field).map { Part(field: field, glob: $0) } }
  }

  /// The glob over a field; nil if it may be anything.
  public subscript(field: Field) -> Glob? { parts.first { $0.field == field }?.glob }

  func matches(_ origin: Origin) -> Bool {
    parts.allSatisfy { $0.glob.matches(origin[$0.field]) }
  }
}

extension Origin {
  subscript(field: OriginPattern.Field) -> String {
    switch field {
    case .origin: origin
    case .label: label
    case .suite: suite
    case .codename: codename
    case .component: component
    case .site: site
    }
  }
}

/// Which effects are meant. Parts that are there are AND-ed, values of one part OR-ed, all on one effect.
public struct EffectPattern: Sendable, Hashable {
  public var kinds: Set<EffectKind> = []
  /// An effect without a unit does not match.
  public var units: [Glob] = []
  /// An effect without a call does not match.
  public var verbs: Set<String> = []
  public var certainty: Certainty?

  func matches(_ effect: Effect) -> Bool {
    if !kinds.isEmpty, !kinds.contains(effect.kind) { return false }
    if let certainty, certainty != effect.certainty { return false }
    if !verbs.isEmpty, !verbs.contains(effect.verb ?? "") { return false }
    guard !units.isEmpty else { return true }
    guard let unit = effect.unit else { return false }
    return units.contains { $0.matches(unit) }
  }
}
