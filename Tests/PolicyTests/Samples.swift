import Documents
import GateModel
import Policy
import Testing

/// Changes and effects for tests.
enum Sample {
  static func change(
    _ source: String, binaries: [String]? = nil, action: ChangeAction = .upgrade, security: Bool = false,
    origins: [Origin] = [debian]
  ) -> Change {
    let from = action == .install ? nil : PackageVersion("1.0-1")
    let to = action == .remove ? nil : PackageVersion("1.0-2")
    return Change(
      source: source, from: from, to: to, action: action,
      binaries: (binaries ?? [source]).map {
        BinaryChange(
          name: $0, architecture: "amd64", from: from, to: to, action: action, origins: origins, isSecurity: security)
      })
  }

  static let debian = Origin(
    origin: "Debian", label: "Debian", suite: "stable", codename: "bookworm", component: "main", site: "")

  static func effect(
    _ kind: EffectKind, _ unit: String? = nil, verb: String? = nil, certainty: Certainty = .certain
  ) -> Effect {
    let evidence = Evidence(basis: .candidate, file: "demo.postinst", line: 7, text: "do_it")
    return Effect(kind: kind, unit: unit, verb: verb, certainty: certainty, evidence: evidence, package: "demo")
  }

  /// A set of policies that must load without errors.
  static func policies(_ texts: String...) throws -> PolicySet {
    try load(texts)
  }

  static func load(_ texts: [String]) throws -> PolicySet {
    let sources = texts.enumerated().map { DocumentSource(name: "\($0.offset).yaml", text: $0.element) }
    return try PolicySet.load(sources).result.get()
  }

  /// A policy text with one rule a line of `rules`, each the inside of a flow mapping.
  static func policy(_ name: String = "demo", gated: [String] = [], rules: [String]) -> String {
    let gates = gated.isEmpty ? "" : "gated:\n" + gated.map { "  - \($0)\n" }.joined()
    let list = rules.isEmpty ? "" : "rules:\n" + rules.map { "  - \($0)\n" }.joined()
    return "apiVersion: apt-gate/v1\nname: \(name)\n\(gates)\(list)"
  }
}
