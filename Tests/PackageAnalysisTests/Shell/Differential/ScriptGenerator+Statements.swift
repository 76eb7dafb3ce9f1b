extension ScriptGenerator {
  mutating func statement(_ place: Place) -> GeneratedStatement {
    if place.depth < 4, chance(42) { return compound(place.deeper) }
    return .line(command(place))
  }

  /// A command on one line.
  mutating func command(_ place: Place) -> String {
    guard place.depth < 6 else { return call(place) }
    let inner = place.deeper
    switch below(26) {
    case 0...5: return call(place)
    case 6: return call(place) + pick([" || true", " || :", " >/dev/null || true", " && true", " >&2 || :"])
    case 7...9: return "\(variable())=\(value(inner))"
    case 10: return functionCall(place) + pick(["", " || true", " || \(call(place))"])
    case 11: return "\(condition(inner)) && \(command(inner))"
    case 12: return "\(condition(inner)) || \(command(inner))"
    case 13: return "\(condition(inner)) && \(call(place)) || \(call(place))"
    case 14, 15: return leave(place)
    case 16: return pick(["set -e", "set +e", "unset \(pick(Self.variables))", "unset a b", ":", "maybe", "true"])
    case 17: return place.mayNotSetParameters ? ":" : pick(["set -- \(word(inner)) \(word(inner))", "shift || true"])
    case 18: return place.isInFunction ? local(inner) : "\(pick(Self.variables))=\(literal())"
    case 19:
      return pick(["eval \"\(pick(Self.variables))=w1\"", "eval '\(evaluated(inner))'", "export \(assigned(inner))"])
    case 20: return pick(["command ", "env X=1 ", "exec "]).guarded(by: "maybe && ") + call(place)
    // `command`, because the tools are functions here, which would keep the variable while they fail.
    case 21: return "\(variable())=\(value(inner)) \(chance(50) ? "command " + call(place) : functionCall(place))"
    case 22: return "echo \(word(inner)) | \(pick(["maybe", "cat", "call"]) == "call" ? call(place) : "cat")"
    case 23: return "sh -c 'systemctl c\(below(9)) \"$1\" $#' - \(word(inner))"
    case 24: return "\(call(place)) & wait"
    default: return "$\(variable()) \(call(place))"
    }
  }

  private mutating func evaluated(_ place: Place) -> String {
    command(place).contains("'") ? call(Place()).filter { $0 != "'" } : "systemctl e\(below(9)) $\(variable())"
  }

  private mutating func assigned(_ place: Place) -> String { "\(pick(Self.variables))=\(word(place))" }

  private mutating func local(_ place: Place) -> String {
    pick(["local a", "local a b", "local \(assigned(place))", "local c=\"$1\" d=$2"])
  }

  /// Leaves a loop, a function, a subshell or the script, mostly on a condition.
  private mutating func leave(_ place: Place) -> String {
    var ways = ["exit 0", "exit 1", "exit 3"]
    if place.isInFunction { ways += ["return 0", "return 1", "return", "return 0"] }
    if place.loops > 0 { ways += ["break", "continue", "break", "continue"] }
    if place.loops > 1 { ways += ["break 2", "continue 2"] }
    let way = pick(ways)
    return chance(88) ? "\(condition(place.deeper)) \(pick(["&&", "||"])) \(way)" : way
  }

  // MARK: Compound commands

  private mutating func compound(_ place: Place) -> GeneratedStatement {
    switch below(14) {
    case 0...3: return conditional(place)
    case 4, 5: return selection(place)
    case 6, 7: return iteration(place)
    case 8: return countdown(place)
    case 9: return repetition(place)
    case 10: return reading(place)
    case 11: return subshell(place)
    case 12: return piped(place)
    default: return substitution(place)
    }
  }

  private mutating func conditional(_ place: Place) -> GeneratedStatement {
    var parts = [GeneratedStatement.Part(opening: "if \(condition(place)); then", body: body(place))]
    if chance(25) { parts.append(.init(opening: "elif \(condition(place)); then", body: body(place))) }
    if chance(45) { parts.append(.init(opening: "else", body: body(place))) }
    return .block(parts, closing: "fi")
  }

  private mutating func selection(_ place: Place) -> GeneratedStatement {
    let subject = pick(["\"$\(variable())\"", "$\(variable())", "\"$1\"", "\"$1 $\(variable())\"", "$(echo w1)"])
    let items = (0...below(3)).map { _ in
      GeneratedStatement.Part(opening: "\(pattern()))", body: body(place), end: ";;")
    }
    let head = GeneratedStatement.Part(
      opening: "case \(subject) in\n\(items[0].opening)", body: items[0].body, end: ";;")
    return .block([head] + items.dropFirst(), closing: "esac")
  }

  private mutating func iteration(_ place: Place) -> GeneratedStatement {
    let words = pick([
      " in \(word(place)) \(word(place))", " in w1 w2 w3", " in \"$@\"", "", " in $\(variable())", " in $(echo w1 w2)",
    ])
    let inside = body(place.with { $0.loops += 1 })
    return .block([.init(opening: "for \(pick(Self.variables))\(words); do", body: inside)], closing: "done")
  }

  /// A loop over the parameters that shifts.
  private mutating func countdown(_ place: Place) -> GeneratedStatement {
    let inside = body(
      place.with {
        $0.loops += 1
        $0.mayNotSetParameters = true
      })
    let name = pick(Self.variables)
    return .block(
      [.init(opening: "while [ $# -gt 0 ]; do\n\(name)=$1; shift", body: inside)], closing: "done")
  }

  private mutating func repetition(_ place: Place) -> GeneratedStatement {
    let head = pick(["while maybe", "until ! maybe", "while maybe && maybe", "while \(call(place)); maybe"])
    return .block([.init(opening: "\(head); do", body: body(place.with { $0.loops += 1 }))], closing: "done")
  }

  private mutating func reading(_ place: Place) -> GeneratedStatement {
    let inside = body(place.with { $0.loops += 1 })
    let (first, second) = (pick(Self.variables), pick(Self.variables))
    let lines = "w1 w2\n$\(variable())\nw3  \(literal()) w2"
    return .block(
      [.init(opening: "while read \(first) \(second); do", body: inside)], closing: "done <<EOF\n\(lines)\nEOF")
  }

  private mutating func subshell(_ place: Place) -> GeneratedStatement {
    let inside = body(place.with { $0.loops = 0 })
    let (open, close) = pick([("(", ")"), ("{", "}"), ("if (", "); then :; fi")])
    let end = close.count == 1 ? pick(["", " || true", " && true", " || \(call(place))"]) : ""
    return .block([.init(opening: open, body: inside)], closing: close + end)
  }

  private mutating func piped(_ place: Place) -> GeneratedStatement {
    let inside = body(place.with { $0.loops = 0 })
    if chance(50) { return .block([.init(opening: "{", body: inside)], closing: "} | cat") }
    return .block(
      [.init(opening: "echo \(word(place)) w2 | while read \(pick(Self.variables)); do", body: inside)], closing: "done"
    )
  }

  private mutating func substitution(_ place: Place) -> GeneratedStatement {
    let inside = body(place.with { $0.loops = 0 })
    let open = pick(["\(pick(Self.variables))=$(", "systemctl q\(below(9)) \"$("])
    return .block([.init(opening: open, body: inside)], closing: open.hasSuffix("\"$(") ? ")\"" : ")")
  }
}

extension String {
  /// With `guarding` in front of an `exec`, which would end the script.
  fileprivate func guarded(by guarding: String) -> String { hasPrefix("exec") ? guarding + self : self }
}
