import TestSupport

/// Writes random shell scripts in the style of maintainer scripts.
///
/// They keep to what the interpreter takes for granted: see ``ScriptInterpreter``. Every loop ends, because its
/// condition counts down or asks `maybe`, which says no in the end.
struct ScriptGenerator {
  /// Where a statement stands.
  struct Place {
    var depth = 0
    var loops = 0
    var isInFunction = false
    /// A loop counts the parameters down here.
    var mayNotSetParameters = false

    var deeper: Place { with { $0.depth += 1 } }

    func with(_ change: (inout Place) -> Void) -> Place {
      var result = self
      change(&result)
      return result
    }
  }

  var random: Seed
  /// Functions that may be called: a function calls only those before it.
  var functions: [String] = []
  private var callCount = 0

  init(seed: UInt64) {
    random = Seed(value: seed)
  }

  mutating func script() -> GeneratedScript {
    var statements: [GeneratedStatement] = [.line("version=$2")]
    if chance(50) { statements.append(.line("set -e")) }
    for index in 0..<below(3) { statements.append(function(named: "f\(index)")) }
    if chance(5) { statements.append(.line("trap '\(call(Place()).filter { $0 != "'" })' EXIT")) }
    statements += body(Place(), atLeast: 3)
    if chance(30) { statements.append(.line("exit 0")) }
    return GeneratedScript(
      firstLine: chance(25) ? "#!/bin/sh -e" : "#!/bin/sh",
      arguments: pick([["configure", "1"], ["configure", ""], ["configure", "3"], ["triggered", "2", "w1 w2"], []]),
      statements: statements)
  }

  private mutating func function(named name: String) -> GeneratedStatement {
    let inside = body(Place().with { $0.isInFunction = true }, atLeast: 2)
    functions.append(name)
    return .block([.init(opening: "\(name)() {", body: inside)], closing: "}")
  }

  mutating func body(_ place: Place, atLeast minimum: Int = 1) -> [GeneratedStatement] {
    let count = minimum + below(place.depth > 2 ? 1 : 3)
    return (0..<count).map { _ in statement(place) }
  }

  // MARK: Choices

  mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  // MARK: Calls

  /// A call of a tool that matters, with a word that no other call has.
  mutating func call(_ place: Place) -> String {
    callCount += 1
    let tool = pick(["systemctl", "systemctl", "service", "udevadm"])
    let words = (0..<below(3)).map { _ in " " + word(place) }.joined()
    return "\(tool) s\(callCount)\(words)"
  }

  mutating func functionCall(_ place: Place) -> String {
    guard !functions.isEmpty else { return call(place) }
    return pick(functions) + (0..<below(3)).map { _ in " " + word(place) }.joined()
  }
}
