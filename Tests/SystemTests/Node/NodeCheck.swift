import Foundation

/// What `apt-gate check --json` printed, as far as the tests look at it.
struct NodeCheck: Decodable, Sendable {
  struct Binary: Decodable, Sendable {
    var name: String
    var to: String?
    var action: String
  }

  struct Change: Decodable, Sendable {
    var source: String
    var from: String?
    var to: String?
    var action: String
    var binaries: [Binary]
    var effects: [Effect]
    var verdict: String
  }

  struct Effect: Decodable, Sendable, CustomStringConvertible {
    var kind: String
    var unit: String?
    var verb: String?
    var certainty: String
    var evidence: Inspection.Evidence
    var detail: String?

    var description: String {
      let place = "\(evidence.basis) \(evidence.file):\(evidence.line ?? 0)"
      return [kind, verb, unit, certainty, detail, place].compactMap { $0 }.joined(separator: " ")
    }
  }

  var changes: [Change]

  /// The change of a source package; throws if none is pending.
  func change(of source: String) throws -> Change {
    guard let change = changes.first(where: { $0.source == source }) else {
      throw LabError.missing("no change of `\(source)` is pending, only of \(changes.map(\.source))")
    }
    return change
  }

  /// Runs `apt-gate check` on the node whose root is `tree`, with further options of apt.
  static func of(_ tree: URL, aptOptions: [String] = []) async throws -> NodeCheck {
    let policies = LabFolder.tests.appending(path: "../../policies").standardizedFileURL.path
    let options = (["Dir=\(tree.path)"] + aptOptions).flatMap { ["--apt-option", $0] }
    let words = ["timeout", "120", LabFolder.program.path, "check", "--json", "--policies", policies]
    let outcome = try await LabCommand(words: words + options).outcome()
    guard [0, 2, 4].contains(outcome.status) else { throw LabError.failed(outcome) }
    return try JSONDecoder().decode(NodeCheck.self, from: Data(outcome.output.utf8))
  }
}

extension NodeCheck.Change {
  /// The effects of a kind on a unit; of any or none, if `unit` is nil.
  func effects(_ kind: String, _ unit: String? = nil) -> [NodeCheck.Effect] {
    effects.filter { $0.kind == kind && (unit == nil || $0.unit == unit) }
  }
}
