extension ScriptRun {
  /// A word as one text, as in an assignment: nothing is split.
  func expand(_ word: ShellWord, _ state: inout ScriptState) -> AbstractValue {
    AbstractValue(texts: expandPattern(word, &state).map { $0.requoted(true) }, mayBeUnset: false)
  }

  /// A word as a pattern: what is quoted matches itself only.
  func expandPattern(_ word: ShellWord, _ state: inout ScriptState) -> [AbstractText] {
    var texts: [AbstractText] = [.empty]
    for part in word.parts {
      let options = expand(part, &state)
      guard texts.count * options.count <= Limit.alternatives else { return [.hole] }
      texts = texts.flatMap { text in options.map { text + $0 } }
    }
    return texts
  }

  /// The fields that words expand to: one list for each way in which they may come out.
  func fields(of words: [ShellWord], _ state: inout ScriptState) -> [[AbstractText]] {
    var ways: [FieldBuilder] = [FieldBuilder()]
    let declares = words.first?.literal.map(Self.declarations.contains) ?? false
    for word in words {
      if let field = word.soleLiteral {
        for index in ways.indices { ways[index].append(field: field) }
        continue
      }
      let word = declares ? word.quotedAsAssignment : word
      for index in ways.indices { ways[index].beginWord() }
      for part in word.parts { append(part, to: &ways, &state) }
      for index in ways.indices { ways[index].endWord() }
    }
    var unique: [[AbstractText]] = []
    for way in ways where !unique.contains(way.fields) { unique.append(way.fields) }
    return unique
  }

  /// Commands whose words of the form `NAME=VALUE` are assignments: nothing is split. Source: POSIX.1-2024, export.
  private static let declarations: Set<String> = ["export", "readonly", "local", "declare", "typeset"]

  private func append(_ part: ShellWordPart, to ways: inout [FieldBuilder], _ state: inout ScriptState) {
    if case .parameter(let parameter, let isQuoted) = part, case .none = parameter.operation,
      parameter.name == "@" || (parameter.name == "*" && !isQuoted)
    {
      for index in ways.indices { ways[index].append(fields: positionalFields(state), isQuoted: isQuoted) }
      return
    }
    if part.isQuoted { for index in ways.indices { ways[index].openField() } }
    var options = expand(part, &state)
    if ways.count * options.count > Limit.alternatives { options = [.hole.requoted(part.isQuoted)] }
    if options.count == 1 {
      for index in ways.indices { ways[index].append(options[0]) }
    } else {
      ways = ways.flatMap { way in
        options.map { option in
          var copy = way
          copy.append(option)
          return copy
        }
      }
    }
  }

  /// `"$@"`, each parameter as one field.
  func positionalFields(_ state: ScriptState) -> [AbstractText] {
    guard let positional = state.positional else { return [.anyWords] }
    return positional.map { $0.expansions.count == 1 ? $0.expansions[0].requoted(true) : .hole }
  }

  private func expand(_ part: ShellWordPart, _ state: inout ScriptState) -> [AbstractText] {
    switch part {
    case .literal(let text, let isQuoted): return [AbstractText(pieces: [.text(text, isQuoted: isQuoted)])]
    case .opaque(let isQuoted): return [AbstractText(pieces: [.hole(isQuoted: isQuoted)])]
    case .command(let sequence, let isQuoted):
      return substitute(sequence, &state).expansions.map { $0.requoted(isQuoted) }
    case .parameter(let parameter, let isQuoted):
      return expand(parameter, &state).expansions.map { $0.requoted(isQuoted) }
    }
  }

  /// What a command substitution gives: what its commands print, without the newlines at the end.
  private func substitute(_ sequence: ShellSequence, _ state: inout ScriptState) -> AbstractValue {
    var inner = state
    inner.output = AbstractValue("")
    let end = contained(inner, .substitution) { self.run(sequence, $0) }
    state.status = end.status
    let texts = (end.output ?? .unknown).expansions.map(\.withoutTrailingNewlines)
    return AbstractValue(texts: texts, mayBeUnset: false)
  }

  // MARK: Parameters

  func value(of name: String, _ state: ScriptState) -> AbstractValue {
    if let number = Int(name) {
      if number == 0 { return AbstractValue(frames.first?.file.name ?? "") }
      guard let positional = state.positional else { return .environment }
      return positional.indices.contains(number - 1) ? positional[number - 1] : .unset
    }
    switch name {
    case "#": return state.positional.map { AbstractValue(String($0.count)) } ?? .unknown
    case "@", "*":
      return positionalFields(state).reduce(into: (AbstractText.empty, true)) { result, field in
        result = (result.1 ? field : result.0 + AbstractText(" ") + field, false)
      }.0.asValue
    case "?": return state.status == .yes ? AbstractValue("0") : .unknown
    case "$", "!", "-": return .unknown
    default: return state.value(of: name)
    }
  }

  private func expand(_ parameter: ShellParameter, _ state: inout ScriptState) -> AbstractValue {
    let value = value(of: parameter.name, state)
    switch parameter.operation {
    case .none, .fail: return value
    case .length: return value.known.map { AbstractValue(String($0.unicodeScalars.count)) } ?? .unknown
    case .unsupported: return .unknown
    case .useDefault(let ifEmpty): return self.value(value, orArgumentOf: parameter, ifEmpty: ifEmpty, &state)
    case .assignDefault(let ifEmpty):
      let result = self.value(value, orArgumentOf: parameter, ifEmpty: ifEmpty, &state)
      state.variables[parameter.name] = result
      return result
    case .useAlternative(let ifEmpty):
      let isSet = value.isSet(andNotEmpty: ifEmpty)
      return isSet == .no ? AbstractValue("") : argument(parameter, &state, isUsed: isSet, else: [.empty])
    case .removePrefix(let longest): return trimmed(value, parameter, atEnd: false, longest: longest, &state)
    case .removeSuffix(let longest): return trimmed(value, parameter, atEnd: true, longest: longest, &state)
    }
  }

  /// `value`, with what is unset, or empty, replaced by the argument.
  private func value(
    _ value: AbstractValue, orArgumentOf parameter: ShellParameter, ifEmpty: Bool, _ state: inout ScriptState
  ) -> AbstractValue {
    let isSet = value.isSet(andNotEmpty: ifEmpty)
    let kept = value.texts.filter { !ifEmpty || $0.known != "" }
    if isSet == .yes { return AbstractValue(texts: kept, mayBeUnset: false) }
    return argument(parameter, &state, isUsed: !isSet, else: kept)
  }

  /// The argument, expanded; where it is not known whether it is used, `others` stand beside it.
  private func argument(
    _ parameter: ShellParameter, _ state: inout ScriptState, isUsed: Answer, else others: [AbstractText]
  ) -> AbstractValue {
    guard let word = parameter.argument else { return AbstractValue(texts: others + [.empty], mayBeUnset: false) }
    if isUsed == .yes { return expand(word, &state) }
    var used = state
    used.isCertain = false
    let value = expand(word, &used)
    let isCertain = state.isCertain
    if word.literal == nil { state = state.joined(with: used) }
    state.isCertain = isCertain
    return AbstractValue(texts: others + value.expansions, mayBeUnset: false)
  }

  private func trimmed(
    _ value: AbstractValue, _ parameter: ShellParameter, atEnd: Bool, longest: Bool, _ state: inout ScriptState
  ) -> AbstractValue {
    guard let word = parameter.argument else { return value }
    let patterns = expandPattern(word, &state)
    guard patterns.count == 1, patterns[0].known != nil else { return .unknown }
    let pattern = ShellPattern(patterns[0])
    let texts = value.expansions.map { text in
      text.known.map { AbstractText(pattern.removing(from: $0, atEnd: atEnd, longest: longest)) } ?? .hole
    }
    return AbstractValue(texts: texts, mayBeUnset: false)
  }
}

extension AbstractValue {
  /// Whether it is set, and if asked also not empty.
  func isSet(andNotEmpty: Bool) -> Answer {
    let answers = texts.map { text -> Answer in
      guard andNotEmpty else { return .yes }
      return text.known.map { Answer(!$0.isEmpty) } ?? (text.isSurelyNotEmpty ? .yes : .unknown)
    }
    let all = mayBeUnset ? answers + [.no] : answers
    return all.dropFirst().reduce(all.first ?? .no) { $0.joined(with: $1) }
  }
}

extension AbstractText {
  fileprivate var asValue: AbstractValue { AbstractValue(self) }

  fileprivate var withoutTrailingNewlines: AbstractText {
    var result = self
    while case .text(let text, let isQuoted)? = result.pieces.last {
      let end = text.lastIndex { $0 != "\n" }
      if let end {
        result.pieces[result.pieces.count - 1] = .text(String(text[...end]), isQuoted: isQuoted)
        break
      }
      result.pieces.removeLast()
    }
    return result
  }
}

extension ShellWord {
  /// The field that a word gives if it is one literal: no shell splits it.
  fileprivate var soleLiteral: AbstractText? {
    guard parts.count == 1, case .literal(let text, let isQuoted) = parts[0] else { return nil }
    return text.isEmpty ? .empty : AbstractText(pieces: [.text(text, isQuoted: isQuoted)])
  }

  /// The word with its value quoted, if it is of the form `NAME=VALUE`.
  fileprivate var quotedAsAssignment: ShellWord {
    guard case .literal(let start, isQuoted: false)? = parts.first, start.contains("="),
      start.utf8.first?.isNameStart == true
    else { return self }
    return ShellWord(parts: parts.map(\.quoted), line: line)
  }
}

extension ShellParameter {
  /// `$*` for `$@`, which is the same in an assignment.
  fileprivate var joiningParameters: ShellParameter {
    guard name == "@" else { return self }
    var result = self
    result.name = "*"
    return result
  }
}

extension ShellWordPart {
  fileprivate var quoted: ShellWordPart {
    switch self {
    case .literal(let text, _): .literal(text, isQuoted: true)
    case .parameter(let parameter, _): .parameter(parameter.joiningParameters, isQuoted: true)
    case .command(let sequence, _): .command(sequence, isQuoted: true)
    case .opaque: .opaque(isQuoted: true)
    }
  }

  var isQuoted: Bool {
    switch self {
    case .literal(_, let isQuoted), .opaque(let isQuoted), .command(_, let isQuoted), .parameter(_, let isQuoted):
      isQuoted
    }
  }
}
