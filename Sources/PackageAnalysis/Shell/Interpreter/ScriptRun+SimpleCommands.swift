import GateModel

/// The words of one command after expansion, with what it reads from its standard input, if that is given in place.
struct Invocation {
  var words: [AbstractText]
  var standardInput: AbstractText?
  /// The status if there are no words at all.
  var statusIfEmpty = Answer.yes

  var arguments: [AbstractText] { Array(words.dropFirst()) }

  func dropping(_ count: Int) -> Invocation {
    Invocation(words: Array(words.dropFirst(count)), standardInput: standardInput)
  }
}

extension ScriptRun {
  func runSimple(
    _ assignments: [ShellAssignment], _ words: [ShellWord], redirections: [ShellRedirection], _ state: ScriptState
  ) -> Completion {
    var current = state
    guard !words.isEmpty else {
      // `$?` is still that of the command before; afterwards it is that of the last command substitution, if there is one.
      for assignment in assignments { assign(assignment, &current) }
      if !assignments.contains(where: \.value.hasCommand) { current.status = .yes }
      return Completion(next: current)
    }
    let ways = fields(of: words, &current)
    let input = standardInput(redirections, current)
    let before = current.variables
    for assignment in assignments { assign(assignment, &current) }
    let emptyStatus = words.contains(where: \.hasCommand) ? current.status : .yes
    let known = ways.map { Invocation(words: $0, standardInput: input, statusIfEmpty: emptyStatus) }
    var completion = run(known, current)
    if !assignments.isEmpty {
      for assignment in assignments { completion.next?.variables[assignment.name] = before[assignment.name] }
    }
    if completion.next?.status == .unknown { completion.next?.refinement = refinement(words, current) }
    return completion
  }

  private func run(_ ways: [Invocation], _ state: ScriptState) -> Completion {
    if ways.count == 1 { return invoke(ways[0], state) }
    var possible = state
    possible.isCertain = false
    return .either(ways.map { invoke($0, possible) }, from: state.isCertain)
  }

  private func assign(_ assignment: ShellAssignment, _ state: inout ScriptState) {
    var value = expand(assignment.value, &state)
    if assignment.appends {
      let texts = state.value(of: assignment.name).expansions.flatMap { old in
        value.expansions.map { old + $0 }
      }
      value = AbstractValue(texts: texts.map { $0.requoted(true) }, mayBeUnset: false)
    }
    state.variables[assignment.name] = value
  }

  /// Runs one command whose words are known as far as they can be.
  func invoke(_ invocation: Invocation, _ state: ScriptState) -> Completion {
    guard let first = invocation.words.first else {
      return Completion(next: state.with(status: invocation.statusIfEmpty))
    }
    guard let name = first.known else { return invokeUnknown(first, invocation, state) }
    if name.isEmpty { return Completion(next: state.with(status: .no)) }
    guard let meaning = state.functions[name] else { return invokeCommand(name, invocation, state) }
    guard meaning.mayBeUndefined || meaning.bodies.count > 1 else {
      return nested(state) { call(meaning.bodies[0], invocation.arguments, $0) }
    }
    var possible = state
    possible.isCertain = false
    var ways = meaning.bodies.map { body in nested(possible) { call(body, invocation.arguments, $0) } }
    if meaning.mayBeUndefined { ways.append(invokeCommand(name, invocation, possible)) }
    return .either(ways, from: state.isCertain)
  }

  /// A command that is no function.
  private func invokeCommand(_ name: String, _ invocation: Invocation, _ state: ScriptState) -> Completion {
    runBuiltin(name, invocation, state) ?? runTool(name, invocation, state)
  }

  private func invokeUnknown(_ name: AbstractText, _ invocation: Invocation, _ state: ScriptState) -> Completion {
    reportUnknown("runs a command whose name is not known: `\(name.display)`", state: state)
    let next = Completion(next: state.with(status: .unknown).printingAnything)
    guard name.mayVanish, invocation.words.count > 1 else { return next }
    var possible = state
    possible.isCertain = false
    return .either([next, invoke(invocation.dropping(1), possible)], from: state.isCertain)
  }

  // MARK: Functions

  private func call(_ function: ShellFunction, _ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    frames.append(Frame(file: function.file, line: function.body.line))
    let loops = nesting.loops
    nesting.loops = 0
    var entry = state
    entry.positional = positional(from: arguments)
    entry.locals = [:]
    let completion = run(function.body, entry)
    nesting.loops = loops
    frames.removeLast()
    var result = completion.exits
    result.next = completion.next.joined(with: completion.returned)?.leavingFunction(for: state)
    result.next?.isCertain = state.isCertain && !completion.mayExitInSuccess
    return result
  }

  /// Parameters of a function or script; nil if a word may stand for any number of them.
  func positional(from arguments: [AbstractText]) -> [AbstractValue]? {
    arguments.contains(where: \.mayBeSeveralWords) ? nil : arguments.map { AbstractValue($0.requoted(true)) }
  }

  // MARK: Reports

  func certainty(_ state: ScriptState) -> Certainty { state.isCertain ? .certain : .possible }

  func report(_ effect: Effect) { findings.add(effect) }

  func reportUnknown(_ detail: String, state: ScriptState) {
    report(
      Effect(
        kind: .unknown, certainty: certainty(state), evidence: evidence(mentioning: []), package: contents.name,
        detail: detail))
  }

  /// The place to show a person: of the calls that lead here, the innermost whose line has one of `words` in it, else
  /// the innermost.
  func evidence(mentioning words: [String]) -> Evidence {
    let places = frames.reversed().map { ($0, $0.file.text(ofLine: $0.line)) }
    let mentioned = words.lazy.compactMap { word in places.first { $0.1.contains(word) } }.first
    guard let (frame, text) = mentioned ?? places.first else {
      return Evidence(basis: contents.basis, file: contents.name)
    }
    return Evidence(basis: frame.file.basis, file: frame.file.name, line: frame.line, text: text)
  }
}

extension ScriptState {
  /// The state after a function that was called in `caller`.
  fileprivate func leavingFunction(for caller: ScriptState) -> ScriptState {
    var result = self
    for (name, local) in locals {
      result.variables[name] = local.isSure ? local.outer : local.outer.joined(with: value(of: name))
    }
    result.locals = caller.locals
    result.positional = caller.positional
    return result
  }

  /// The state after a command that printed nobody knows what.
  var printingAnything: ScriptState {
    var result = self
    if output != nil { result.output = .unknown }
    return result
  }

  /// The state after a command that printed `text`.
  func printing(_ text: AbstractText) -> ScriptState {
    guard let output else { return self }
    var result = self
    result.output = AbstractValue(
      texts: output.expansions.map { ($0 + text).requoted(true) }, mayBeUnset: false)
    return result
  }

  func with(status: Answer) -> ScriptState {
    var result = self
    result.status = status
    return result
  }
}

extension ShellWord {
  /// Whether a command substitution stands in it.
  fileprivate var hasCommand: Bool {
    parts.contains { part in
      switch part {
      case .command: true
      case .parameter(let parameter, _): parameter.argument?.hasCommand ?? false
      case .literal, .opaque: false
      }
    }
  }
}
