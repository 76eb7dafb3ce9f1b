import Foundation

/// What `apt-gate inspect --json` printed, as far as the truth is compared with it.
struct Inspection: Decodable, Sendable {
  struct Evidence: Decodable, Hashable, Sendable {
    var basis: String
    var file: String
    var line: Int?
    var text: String?
  }

  struct Effect: Decodable, Hashable, Sendable {
    var kind: String
    var unit: String?
    var verb: String?
    var certainty: String
    var evidence: Evidence
  }

  struct Call: Decodable, Hashable, Sendable {
    var tool: String
    var arguments: [String?]
    var certainty: String
    var evidence: Evidence
  }

  var package: String
  var version: String
  var effects: [Effect]
  var calls: [Call]

  /// Claims that a run of `script` can be compared with: those of the script, and of files that scripts run.
  func calls(of script: String) -> [Call] {
    calls.filter { $0.evidence.file == "\(package).\(script)" || $0.evidence.file.hasPrefix("/") }
  }
}

/// An inspection, and how long the program took for it.
struct TimedInspection: Sendable {
  var inspection: Inspection
  var duration: Duration

  /// Runs the program under test; its node is the tree that `subject` is installed in.
  static func of(_ subject: CorpusPackage, from: String) async throws -> TimedInspection {
    let outcome = try await LabCommand(
      "timeout", "60", LabFolder.program.path, "inspect", subject.deb.path, "--from", from, "--json",
      "--apt-option", "Dir=\(subject.tree.path)"
    ).outcome()
    guard outcome.status == 0 else { throw LabError.failed(outcome) }
    let inspection = try JSONDecoder().decode(Inspection.self, from: Data(outcome.output.utf8))
    return TimedInspection(inspection: inspection, duration: outcome.duration)
  }
}
