extension ScriptGenerator {
  static let variables = ["a", "b", "c", "d"]

  mutating func variable() -> String { chance(6) ? "ENVA" : pick(Self.variables) }

  /// A word of a command: any number of fields.
  mutating func word(_ place: Place) -> String {
    let name = variable()
    switch below(14) {
    case 0...3: return literal()
    case 4: return "$\(name)"
    case 5, 6: return "\"$\(name)\""
    case 7: return pick(["$1", "\"$1\"", "\"$2\"", "\"${1:-none}\""])
    case 8: return pick(["\"$@\"", "$@", "\"$*\"", "$#"])
    case 9: return expansion(name)
    case 10: return "\"\(expansion(name))\""
    case 11: return pick(["x$\(name)", "\"x$\(name)y\"", "${\(name)}y", "'w1'\"$\(name)\"", "\"$\(name)\"$\(name)"])
    case 12: return pick(["$(echo \(literal()))", "\"$(echo \(literal()))\"", "`echo $\(name)`"])
    default: return pick(["'w1 w2'", "\"\"", "w\\ 1", "\"w1  w2\""])
    }
  }

  mutating func literal() -> String { pick(["w1", "w2", "w3", "x.service", "x/y.z"]) }

  /// A value for a variable: one text.
  mutating func value(_ place: Place) -> String {
    let name = variable()
    switch below(12) {
    case 0...3: return literal()
    case 4: return pick(["'w1 w2'", "\"\"", "", "'w2  w3 '"])
    case 5: return "$\(name)"
    case 6: return "\"$\(name) w3\""
    case 7: return pick(["$1", "\"$*\"", "$#", "\"$@\"", "$?"])
    case 8: return expansion(name)
    case 9: return "\"\(expansion(name))\""
    case 10: return "$(echo \(word(place)))"
    default: return "$(\(command(place)))"
    }
  }

  private mutating func expansion(_ name: String) -> String {
    let other = variable()
    return pick([
      "${\(name):-w1}", "${\(name)-w2}", "${\(name):+w3}", "${\(name)+set}", "${\(name):=w1}", "${\(name)#x}",
      "${\(name)%.*}", "${\(name)##*/}", "${\(name)%%[ .]*}", "${\(name)#w}", "${\(name):-$\(other)}",
      "${\(name):+x$\(other)}", "${\(name)#\"$\(other)\"}", "${#\(name)}",
    ])
  }

  // MARK: Conditions

  mutating func condition(_ place: Place) -> String {
    switch below(16) {
    case 0...4: return "maybe"
    case 5: return "! maybe"
    case 6...8: return test(place)
    case 9: return versionTest()
    case 10: return functionCall(place)
    case 11: return call(place)
    case 12: return pick(["true", "false", "[ -d /etc ]", "(exit 1)", "(maybe)", "{ maybe; }"])
    case 13: return "\(simpleCondition(place)) \(pick(["&&", "||"])) \(simpleCondition(place))"
    case 14: return "! \(simpleCondition(place))"
    default: return "\(variable())=\(value(place))"
    }
  }

  private mutating func simpleCondition(_ place: Place) -> String {
    chance(50) ? "maybe" : test(place)
  }

  private mutating func test(_ place: Place) -> String {
    let first = comparison(place)
    switch below(8) {
    case 0: return "test \(first)"
    case 1: return "[ \(first) -a \(comparison(place)) ]"
    case 2: return "[ \(first) -o \(comparison(place)) ]"
    case 3: return "[ ! \(first) ]"
    default: return "[ \(first) ]"
    }
  }

  private mutating func comparison(_ place: Place) -> String {
    let subject = pick(["\"$\(variable())\"", "\"$1\"", "\"$2\"", "\"${\(variable()):-w1}\"", "\"$(echo w1)\""])
    switch below(6) {
    case 0: return "-n \(subject)"
    case 1: return "-z \(subject)"
    case 2: return "$# -\(pick(["eq", "gt", "ne", "lt"])) \(below(3))"
    case 3: return "\(subject) != \(pick(["w1", "w2", "configure", "\"\""]))"
    default: return "\(subject) = \(pick(["w1", "w2", "configure", "\"$\(variable())\"", "\"\""]))"
    }
  }

  private mutating func versionTest() -> String {
    let relation = pick(["lt", "le", "eq", "ne", "ge", "gt", "lt-nl", "le-nl", "ge-nl", "gt-nl"])
    return "dpkg --compare-versions \"$version\" \(relation) \(1 + below(3))"
  }

  mutating func pattern() -> String {
    pick([
      "w1", "w1|w2", "w*", "*", "\"\"", "[wx]*", "*.service", "configure", "w1*|triggered", "\"$\(variable())\"", "?1",
      "$\(variable())",
    ])
  }
}
