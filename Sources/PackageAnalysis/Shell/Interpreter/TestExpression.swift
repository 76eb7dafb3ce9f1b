import GateModel

/// The expression of `test`, `[` and `[[`. Source: POSIX.1-2017, test.
struct TestExpression {
  private let words: [AbstractText]
  private let run: ScriptRun
  private let comparesPatterns: Bool
  private var position = 0

  /// `comparesPatterns`: as in `[[`, the right side of `=` is a pattern.
  init(_ words: [AbstractText], run: ScriptRun, comparesPatterns: Bool = false) {
    self.words = words
    self.run = run
    self.comparesPatterns = comparesPatterns
  }

  var answer: Answer {
    var copy = self
    if words.isEmpty { return .no }
    if !comparesPatterns, words.contains(where: \.mayBeSeveralWords) { return .unknown }
    let result = copy.disjunction(depth: 0)
    return copy.position == words.count ? result : .unknown
  }

  private var word: String? { position < words.count ? words[position].known : nil }

  private mutating func disjunction(depth: Int) -> Answer {
    var result = conjunction(depth: depth)
    while word == "-o" || word == "||" {
      position += 1
      result = result || conjunction(depth: depth)
    }
    return result
  }

  private mutating func conjunction(depth: Int) -> Answer {
    var result = negation(depth: depth)
    while word == "-a" || word == "&&" {
      position += 1
      result = result && negation(depth: depth)
    }
    return result
  }

  private mutating func negation(depth: Int) -> Answer {
    var isNegated = false
    while word == "!", position + 1 < words.count, !isBinary(at: position + 1) || position + 2 >= words.count {
      position += 1
      isNegated.toggle()
    }
    let result = primary(depth: depth)
    return isNegated ? !result : result
  }

  private mutating func primary(depth: Int) -> Answer {
    guard position < words.count, depth < 40 else { return .unknown }
    if isBinary(at: position + 1), position + 2 < words.count {
      defer { position += 3 }
      return binary(words[position], words[position + 1].known ?? "", words[position + 2])
    }
    if word == "(" {
      position += 1
      let inner = disjunction(depth: depth + 1)
      guard word == ")" else { return .unknown }
      position += 1
      return inner
    }
    if let symbol = word, symbol.count == 2, symbol.hasPrefix("-"), position + 1 < words.count {
      defer { position += 2 }
      return unary(symbol, words[position + 1])
    }
    defer { position += 1 }
    return isNotEmpty(words[position])
  }

  private func isBinary(at index: Int) -> Bool {
    guard index < words.count, let symbol = words[index].known else { return false }
    return ["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">", "=~"]
      .contains(symbol)
  }

  private func isNotEmpty(_ text: AbstractText) -> Answer {
    text.known.map { Answer(!$0.isEmpty) } ?? (text.isSurelyNotEmpty ? .yes : .unknown)
  }

  private func unary(_ symbol: String, _ operand: AbstractText) -> Answer {
    switch symbol {
    case "-n": return isNotEmpty(operand)
    case "-z": return !isNotEmpty(operand)
    case "-e", "-r", "-x", "-f", "-d", "-s", "-L", "-h", "-w", "-c", "-b", "-p", "-S", "-k", "-u", "-g", "-O", "-G":
      guard let path = operand.known else { return .unknown }
      let answer = run.exists(path)
      let needsMore = answer == .yes && "Lhscbpkug".utf8.contains(symbol.utf8.last ?? 0)
      return needsMore ? .unknown : answer
    default: return .unknown
    }
  }

  private func binary(_ left: AbstractText, _ symbol: String, _ right: AbstractText) -> Answer {
    switch symbol {
    case "=", "==": return isEqual(left, right)
    case "!=": return !isEqual(left, right)
    case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
      guard let a = left.known.flatMap({ Int($0) }), let b = right.known.flatMap({ Int($0) }) else { return .unknown }
      return Answer(Self.compare(a, symbol, b))
    default: return .unknown
    }
  }

  private func isEqual(_ left: AbstractText, _ right: AbstractText) -> Answer {
    ShellPattern(comparesPatterns ? right : right.requoted(true)).matches(left)
  }

  private static func compare(_ a: Int, _ symbol: String, _ b: Int) -> Bool {
    switch symbol {
    case "-eq": a == b
    case "-ne": a != b
    case "-lt": a < b
    case "-le": a <= b
    case "-gt": a > b
    default: a >= b
    }
  }
}

extension ScriptRun {
  func runExtendedTest(_ words: [ShellWord], _ state: ScriptState) -> Completion {
    var next = state
    let operands = words.map { expandPattern($0, &next) }
    let isKnown = operands.allSatisfy { $0.count == 1 }
    let expression = TestExpression(operands.map { $0.first ?? .empty }, run: self, comparesPatterns: true)
    return Completion(next: next.with(status: isKnown ? expression.answer : .unknown))
  }

  /// What the outcome of `[ "$x" = word ]`, `[ -n "$x" ]` and their like tells about `x`.
  func refinement(_ words: [ShellWord], _ state: ScriptState) -> [ScriptState.Refinement] {
    guard let name = words.first?.literal, name == "[" || name == "test" else { return [] }
    let operands = Array(name == "[" ? words.dropFirst().dropLast() : words.dropFirst())
    if operands.count == 2, let variable = operands[1].soleParameter, let symbol = operands[0].literal {
      let isSet = split(variable, state.value(of: variable)) { !$0.isEmpty }
      return symbol == "-n" ? [isSet] : symbol == "-z" ? [isSet.inverted] : []
    }
    guard operands.count == 3, let variable = operands[0].soleParameter, let text = operands[2].literal,
      let symbol = operands[1].literal, symbol == "=" || symbol == "!=" || symbol == "=="
    else { return [] }
    var isEqual = split(variable, state.value(of: variable)) { $0 == text }
    isEqual.ifYes = state.value(of: variable).restricted(to: [AbstractText(text)])
    return [symbol == "!=" ? isEqual.inverted : isEqual]
  }

  /// The value of `variable` where `test` holds and where it does not, as far as it is known.
  private func split(
    _ variable: String, _ value: AbstractValue, by test: (String) -> Bool
  ) -> ScriptState.Refinement {
    func kept(_ wanted: Bool) -> AbstractValue {
      let texts = value.expansions.filter { text in text.known.map { test($0) == wanted } ?? true }
      return texts.isEmpty ? value : value.restricted(to: texts)
    }
    return .init(variable: variable, ifYes: kept(true), ifNo: kept(false))
  }
}
