import Foundation

/// A difference between truth and analysis that a person has looked at: `Fixtures/explained.json`.
struct Explanation: Decodable {
  var kind: ScriptComparison.Difference.Kind
  /// Names, or patterns with `*`.
  var package: String
  var script: String
  var action: String
  /// Why the analysis is right all the same, or cannot know better.
  var reason: String

  static func all() throws -> [Explanation] {
    let data = try Data(contentsOf: LabFolder.fixtures.appending(path: "explained.json"))
    return try JSONDecoder().decode([Explanation].self, from: data)
  }

  func explains(_ difference: ScriptComparison.Difference) -> Bool {
    kind == difference.kind && difference.package.matches(glob: package) && difference.script.matches(glob: script)
      && difference.action.matches(glob: action)
  }
}
