import Foundation

/// Compares object by object what apt-gate said would be lost with what was lost.
struct PredictionJudge {
  static let kinds = ["routes", "rules", "nexthops", "addresses", "neighbours"]
  /// What changes by itself, or says nothing of what the object is.
  private static let volatile: Set<String> = [
    "why", "family", "expires", "valid_life_time", "preferred_life_time", "flags", "used", "age",
  ]

  var run: NetworkdRun
  /// The prediction that `network predict --json` printed.
  var prediction: JSONTree

  init(_ run: NetworkdRun) throws {
    self.run = run
    guard let command = run.commands.first, command.status == 0 else {
      throw LabError.missing("network predict: \(run.commands.first?.errors ?? "did not run")")
    }
    prediction = try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  /// Objects by their text, with how often they are there.
  private static func counted(_ objects: [JSONTree]) -> [String: Int] {
    objects.reduce(into: [:]) { $0[$1.without(volatile).line, default: 0] += 1 }
  }

  /// What stock `ip` showed before the restart and no longer afterwards, by kind.
  func reallyLost(_ kind: String) -> [String: Int] {
    var lost = Self.counted(run.before[kind] ?? [])
    for (object, count) in Self.counted(run.after[kind] ?? []) { lost[object]? -= count }
    return lost.filter { $0.value > 0 }
  }

  private func predicted(_ kind: String, _ group: String) -> [(object: JSONTree, why: String)] {
    guard case .list(let objects)? = prediction[group]?[kind] else { return [] }
    return objects.map { ($0, $0["why"]?.text ?? "") }
  }

  /// One line for each difference; empty if the prediction was true, save where it says that it is a guess.
  var differences: [String] { Self.kinds.flatMap(differences) + linkDifferences }

  /// What was predicted as a guess and was not lost, one line each.
  var wrongGuesses: [String] { Self.kinds.flatMap { unfulfilled($0).filter(\.isGuess).map(\.line) } }

  /// What was predicted as a guess.
  var guessCount: Int { Self.kinds.reduce(0) { $0 + predicted($1, "lost").count { Self.isGuess($0.why) } } }

  private static func isGuess(_ why: String) -> Bool { why.hasSuffix("this is a guess") }

  /// What was predicted and not lost.
  private func unfulfilled(_ kind: String) -> [(line: String, isGuess: Bool)] {
    var open = reallyLost(kind)
    return predicted(kind, "lost").compactMap { object, why in
      let line = object.without(Self.volatile).line
      if let count = open[line], count > 0 {
        open[line] = count - 1
        return nil
      }
      return ("predicted, but not lost: \(kind) \(line): \(why)", Self.isGuess(why))
    }
  }

  private func differences(_ kind: String) -> [String] {
    var open = reallyLost(kind)
    for (object, _) in predicted(kind, "lost") {
      let line = object.without(Self.volatile).line
      if let count = open[line], count > 0 { open[line] = count - 1 }
    }
    var result = unfulfilled(kind).filter { !$0.isGuess }.map(\.line)
    // networkd may put back what it takes away with another metric, lifetime or flag.
    let back = Set((run.after[kind] ?? []).map(Self.identity))
    for (object, _) in predicted(kind, "interrupted") + predicted(kind, "changed")
    where back.contains(Self.identity(object)) {
      open[object.without(Self.volatile).line]? -= 1
    }
    result += open.filter { $0.value > 0 }.keys.sorted().map { "lost, but not predicted: \(kind) \($0)" }
    return result
  }

  /// After `--fix --write`: what was lost all the same, and was not said to be still exposed. What is back in another form
  /// is not lost.
  var lostAfterFix: [String] {
    Self.kinds.flatMap { kind -> [String] in
      var exposed: Set<String> = []
      if case .list(let objects)? = prediction["fix"]?["exposed"]?[kind] {
        exposed = Set(objects.map { $0.without(Self.volatile).line })
      }
      let back = Set((run.after[kind] ?? []).map(Self.identity))
      let standing = (run.before[kind] ?? []).filter { back.contains(Self.identity($0)) }
      let kept = Set(standing.map { $0.without(Self.volatile).line })
      return reallyLost(kind).keys.filter { !exposed.contains($0) && !kept.contains($0) }.map { "\(kind) \($0)" }
    }
  }

  /// Links that networkd managed and then did not.
  private var linkDifferences: [String] {
    let really = Set(run.first.filter { $0.value == "configured" && run.second[$0.key] == "unmanaged" }.keys)
    let said = Set(predicted("links", "lost").compactMap { $0.object["ifname"]?.text })
    return really.subtracting(said).sorted().map { "no longer managed, but not predicted: \($0)" }
      + said.subtracting(really).sorted().map { "predicted as no longer managed, but it is: \($0)" }
  }

  /// What networkd means the object by.
  private static func identity(_ object: JSONTree) -> String {
    let keys: Set<String> = ["dst", "dev", "table", "type", "protocol", "local", "prefixlen", "priority", "src"]
    guard case .object(let members) = object else { return "" }
    return JSONTree.object(members.filter { keys.contains($0.key) }).line
  }
}
