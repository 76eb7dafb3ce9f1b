import Foundation

/// What a person read in the maintainer scripts of one package: `Fixtures/PACKAGE/expected.json`.
struct ExpectedEffects: Decodable, Sendable {
  struct Effect: Decodable, Hashable, Sendable {
    var kind: String
    var verb: String?
    var unit: String?
    var certainty: String
    /// The maintainer script that has it.
    var script: String

    /// Whether `found` is this effect, with whatever certainty.
    func isSame(as found: Inspection.Effect, package: String) -> Bool {
      kind == found.kind && verb == found.verb && unit == found.unit && found.evidence.file == "\(package).\(script)"
    }
  }

  /// An upgrade from one version.
  struct Case: Decodable, Sendable {
    var from: String
    /// Every certain effect on a unit or the manager, and those others that a person looked for.
    var effects: [Effect]
    /// Effects that the scripts name, but that do not happen in this upgrade.
    var absent: [Effect]
  }

  var package: String
  /// The version whose scripts were read.
  var readFrom: String
  var cases: [Case]

  /// All labels, by package.
  static func all() throws -> [ExpectedEffects] {
    let folders = try FileManager.default.contentsOfDirectory(
      at: LabFolder.fixtures, includingPropertiesForKeys: [.isDirectoryKey])
    return try folders.map { $0.appending(path: "expected.json") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .map { try JSONDecoder().decode(ExpectedEffects.self, from: Data(contentsOf: $0)) }
      .sorted { $0.package < $1.package }
  }
}
