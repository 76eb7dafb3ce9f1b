import GateModel

extension ScriptRun {
  /// Runs a command that the shell itself knows; nil for any other.
  func runBuiltin(_ name: String, _ invocation: Invocation, _ state: ScriptState) -> Completion? {
    let arguments = invocation.arguments
    switch name {
    case ":", "true": return Completion(next: state.with(status: .yes))
    case "false": return Completion(next: state.with(status: .no))
    case "echo": return Completion(next: state.with(status: .yes).printing(echoed(arguments)))
    case "printf": return Completion(next: state.with(status: .yes).printing(.hole))
    case "test": return Completion(next: state.with(status: TestExpression(arguments, run: self).answer))
    case "[": return Completion(next: state.with(status: TestExpression(arguments.dropLast(), run: self).answer))
    case "set": return Completion(next: set(arguments, state))
    case "shift": return shift(arguments, state)
    case "export", "readonly": return Completion(next: declare(arguments, state, isLocal: false))
    case "local", "declare", "typeset": return Completion(next: declare(arguments, state, isLocal: true))
    case "unset": return Completion(next: unset(arguments, state))
    case "read", "mapfile", "readarray", "getopts": return Completion(next: read(arguments, state))
    case "eval": return eval(arguments, state)
    case ".", "source": return source(arguments, state)
    case "return": return leave(arguments, state)
    case "exit": return exit(arguments, state)
    case "break", "continue": return leaveLoop(name, arguments, state)
    case "exec": return exec(invocation, state)
    case "trap": return Completion(next: trap(arguments, state))
    case "command", "builtin": return commandBuiltin(invocation, state)
    case "type", "hash", "which": return Completion(next: locate(arguments.last, state))
    case "cd", "umask", "ulimit", "wait", "alias", "unalias", "pushd", "popd", "jobs", "kill", "shopt", "times", "let":
      return Completion(next: state.with(status: .unknown))
    default: return nil
    }
  }

  private func echoed(_ arguments: [AbstractText]) -> AbstractText {
    var words = arguments
    var end = AbstractText("\n")
    if words.first?.known == "-n" {
      words.removeFirst()
      end = .empty
    }
    var line = AbstractText.empty
    for (index, word) in words.enumerated() { line = (index == 0 ? line : line + AbstractText(" ")) + word }
    // Shells differ in what they do with a backslash, and with options other than `-n`.
    let isPlain = line.pieces.allSatisfy { if case .text(let text, _) = $0 { !text.contains("\\") } else { true } }
    return isPlain && !line.knownPrefix.hasPrefix("-") ? line + end : .hole
  }

  private func set(_ arguments: [AbstractText], _ state: ScriptState) -> ScriptState {
    var next = state.with(status: .yes)
    for (index, argument) in arguments.enumerated() {
      guard let text = argument.known, text != "--", text.hasPrefix("-") || text.hasPrefix("+") else {
        let rest = argument.known == "--" ? arguments.dropFirst(index + 1) : arguments.dropFirst(index)
        next.positional = positional(from: Array(rest))
        return next
      }
      if text.contains("e"), !text.hasPrefix("--") { next.stopsOnError = Answer(text.hasPrefix("-")) }
      if text == "-o" || text == "+o" { break }
    }
    return next
  }

  private func shift(_ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    var next = state.with(status: .yes)
    let count = arguments.first.map { $0.known.flatMap { Int($0) } } ?? 1
    if let positional = state.positional, let count, (0...positional.count).contains(count) {
      next.positional = Array(positional.dropFirst(count))
      return Completion(next: next)
    }
    // Where there are not as many, dash ends with a failure and bash goes on.
    let isSurelyTooFar = state.positional != nil && count != nil
    if !isSurelyTooFar { next.positional = nil }
    var completion = ended(state.with(status: .no))
    completion.next = next.with(status: isSurelyTooFar ? .no : .unknown)
    if completion.escapes { completion.next?.isCertain = false }
    return completion
  }

  private func declare(_ arguments: [AbstractText], _ state: ScriptState, isLocal: Bool) -> ScriptState {
    var next = state.with(status: .yes)
    for argument in arguments {
      let (name, value) = argument.splitAtEquals
      guard !name.isEmpty, !name.hasPrefix("-") else { continue }
      let outer = state.value(of: name)
      if isLocal, state.locals[name]?.isSure != true {
        next.locals[name] = .init(outer: state.locals[name]?.outer.joined(with: outer) ?? outer, isSure: true)
      }
      if let value {
        next.variables[name] = AbstractValue(value.requoted(true))
      } else if isLocal {
        // dash keeps the value, bash does not.
        next.variables[name] = outer.joined(with: .unset)
      }
    }
    return next
  }

  private func unset(_ arguments: [AbstractText], _ state: ScriptState) -> ScriptState {
    var next = state.with(status: .yes)
    let isFunction = arguments.first?.known == "-f"
    for name in arguments.compactMap(\.known) where !name.hasPrefix("-") {
      if isFunction { next.functions[name] = nil } else { next.variables[name] = .unset }
    }
    return next
  }

  private func read(_ arguments: [AbstractText], _ state: ScriptState) -> ScriptState {
    var next = state.with(status: .unknown)
    for name in arguments.compactMap(\.known) where name.utf8.first?.isNameStart == true {
      next.variables[name] = .unknown
    }
    return next
  }

  // MARK: Leaving

  private func leave(_ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    var completion = Completion(next: nil)
    completion.returned = state.with(status: status(arguments, state))
    return completion
  }

  private func exit(_ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    ended(state.with(status: status(arguments, state)))
  }

  private func status(_ arguments: [AbstractText], _ state: ScriptState) -> Answer {
    guard let argument = arguments.first else { return state.status }
    return argument.known.flatMap { Int($0) }.map { Answer($0 == 0) } ?? .unknown
  }

  private func leaveLoop(_ name: String, _ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    let done = state.with(status: .yes)
    guard nesting.loops > 0 else { return Completion(next: done) }
    let level = min(nesting.loops, max(1, arguments.first?.known.flatMap { Int($0) } ?? 1))
    var completion = Completion(next: nil)
    completion.add(Jump(isBreak: name == "break", level: level, state: done))
    return completion
  }

  private func exec(_ invocation: Invocation, _ state: ScriptState) -> Completion {
    guard invocation.words.count > 1 else { return Completion(next: state.with(status: .yes)) }
    var withoutFunctions = state
    withoutFunctions.functions = [:]
    let inner = invocation.dropping(1)
    return gone(contained(withoutFunctions, .subshell) { self.invoke(inner, $0) })
  }

  private func trap(_ arguments: [AbstractText], _ state: ScriptState) -> ScriptState {
    var next = state.with(status: .yes)
    guard arguments.count > 1, let action = arguments.first?.known else { return next }
    let conditions = arguments.dropFirst().map(\.known)
    if conditions.contains("EXIT") || conditions.contains("0") {
      next.exitActions = action == "-" || action.isEmpty ? [] : [action]
    }
    guard conditions != ["EXIT"], action != "-", !action.isEmpty else { return next }
    // A signal may come at any time.
    var possible = state
    possible.isCertain = false
    _ = contained(possible, .unheeded) { self.runText(action, $0) }
    return next
  }

  // MARK: Text that is run

  /// Runs `text` as part of the script; lines count as the one that holds it.
  func runText(_ text: String, _ state: ScriptState) -> Completion {
    guard let frame = frames.last else { return Completion(next: state) }
    var parser = ShellParser(bytes: Array(text.utf8), file: frame.file, line: frame.line)
    let (sequence, failure) = parser.script()
    let completion = nested(state) { run(sequence, $0) }
    if let failure { reportUnknown("cannot be read as shell: \(failure.message)", state: state) }
    return completion
  }

  private func eval(_ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    let texts = arguments.map(\.known)
    if !texts.contains(nil) { return runText(texts.compactMap { $0 }.joined(separator: " "), state) }
    var next = state.with(status: .unknown)
    if let first = arguments.first?.knownPrefix, first == "set" || first.hasPrefix("set -- ") {
      // The way to use getopt(1), which quotes what it prints.
      next.positional = nil
      return Completion(next: next)
    }
    reportUnknown(
      "evaluates text that is not known: `\(arguments.map(\.display).joined(separator: " "))`", state: state)
    return Completion(next: next.forgettingVariables())
  }

  private func commandBuiltin(_ invocation: Invocation, _ state: ScriptState) -> Completion {
    let options = invocation.arguments.prefix { $0.known?.hasPrefix("-") == true }.compactMap(\.known)
    if options.contains(where: { $0.contains("v") || $0.contains("V") }) {
      return Completion(next: locate(invocation.arguments.last, state))
    }
    var rest = invocation.dropping(1 + options.count)
    rest.standardInput = invocation.standardInput
    guard let name = rest.words.first?.known else { return Completion(next: state.with(status: .unknown)) }
    return runBuiltin(name, rest, state) ?? runTool(name, rest, state)
  }

  /// `command -v NAME`: prints a path if there is such a command.
  private func locate(_ argument: AbstractText?, _ state: ScriptState) -> ScriptState {
    guard let name = argument?.known, !name.isEmpty else { return state.with(status: .unknown).printingAnything }
    if state.functions[name] != nil { return state.with(status: .yes).printing(AbstractText(name + "\n")) }
    let path = ["/usr/bin/", "/usr/sbin/"].map { $0 + name.split(separator: "/").joined(separator: "/") }
      .first { exists($0) == .yes }
    if let path { return state.with(status: .yes).printing(AbstractText(path + "\n")) }
    return state.with(status: .unknown).printingAnything
  }
}

extension AbstractText {
  /// `NAME=VALUE` taken apart; the value is nil where there is no `=`.
  var splitAtEquals: (name: String, value: AbstractText?) {
    let prefix = knownPrefix
    guard let equals = prefix.firstIndex(of: "=") else { return (known ?? "", nil) }
    let rest = String(prefix[prefix.index(after: equals)...])
    var pieces = pieces
    while case .text? = pieces.first { pieces.removeFirst() }
    var name = String(prefix[..<equals])
    if name.hasSuffix("+") { name.removeLast() }
    return (name, AbstractText(pieces: (rest.isEmpty ? [] : [.text(rest, isQuoted: true)]) + pieces))
  }
}

extension ScriptState {
  /// The state after something that may have set any variable.
  func forgettingVariables(_ names: Set<String>? = nil) -> ScriptState {
    var result = self
    for (name, value) in variables where names?.contains(name) ?? !name.hasPrefix("DPKG_") {
      result.variables[name] = value.orAnything
    }
    for name in names ?? [] where result.variables[name] == nil { result.variables[name] = .environment }
    return result
  }
}
