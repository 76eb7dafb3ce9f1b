extension ScriptRun {
  func run(_ command: ShellCommand, _ state: ScriptState) -> Completion {
    guard spendStep(state) else { return Completion(next: state) }
    if !frames.isEmpty { frames[frames.count - 1].line = command.line }
    var current = state
    current.refinement = []
    let isDiverted = redirect(command.redirections, &current)
    let output = current.output
    var completion = run(command.kind, redirections: command.redirections, current)
    if isDiverted { completion.next?.output = output }
    return completion
  }

  private func run(_ kind: ShellCommand.Kind, redirections: [ShellRedirection], _ state: ScriptState) -> Completion {
    switch kind {
    case .simple(let assignments, let words):
      return runSimple(assignments, words, redirections: redirections, state)
    case .group(let body): return nested(state) { run(body, $0) }
    case .subshell(let body): return Completion(next: contained(state, .subshell) { self.run(body, $0) })
    case .conditional(let branches, let otherwise):
      return nested(state) { runBranches(branches[...], otherwise: otherwise, $0) }
    case .loop(let condition, let body, let isUntil):
      return nested(state) { runLoop(condition, body, isUntil: isUntil, $0) }
    case .iteration(let variable, let words, let body):
      return nested(state) { runIteration(variable, words, body, $0) }
    case .unboundedLoop(let body):
      return nested(state) { runRepeatedly(body, $0) { LoopTest(goesOn: $0, ends: $0) } }
    case .selection(let subject, let items): return nested(state) { runSelection(subject, items, $0) }
    case .function(let name, let body):
      var next = state
      next.functions[name] = .init(bodies: [body])
      next.status = .yes
      return Completion(next: next)
    case .extendedTest(let words): return runExtendedTest(words, state)
    case .arithmetic:
      var next = state
      next.status = .unknown
      return Completion(next: next)
    }
  }

  private func runBranches(
    _ branches: ArraySlice<ShellBranch>, otherwise: ShellSequence?, _ state: ScriptState
  ) -> Completion {
    guard let branch = branches.first else {
      var next = state
      next.status = .yes
      return otherwise.map { run($0, state) } ?? Completion(next: next)
    }
    let condition = inCondition { run(branch.condition, state) }
    guard let decided = condition.next else { return condition }
    var result = choose(decided, wanted: .yes) {
      self.run(branch.body, $0)
    } otherwise: {
      self.runBranches(branches.dropFirst(), otherwise: otherwise, $0)
    }
    result.addEscapes(of: condition)
    return result
  }

  // MARK: Selection

  private func runSelection(_ subject: ShellWord, _ items: [ShellCaseItem], _ state: ScriptState) -> Completion {
    var current = state
    let value = expand(subject, &current)
    current.status = .yes
    return runItems(items[...], value, variable: subject.soleParameter, current)
  }

  private func runItems(
    _ items: ArraySlice<ShellCaseItem>, _ value: AbstractValue, variable: String?, _ state: ScriptState
  ) -> Completion {
    guard let item = items.first, !value.expansions.isEmpty else { return Completion(next: state) }
    var current = state
    let patterns = item.patterns.map { expandPattern($0, &current).map(ShellPattern.init) }
    var matching: [AbstractText] = []
    var others: [AbstractText] = []
    for text in value.expansions {
      let answer = patterns.reduce(Answer.no) { $0 || Answer(agreedBy: $1.map { $0.matches(text) }) }
      if answer != .no { matching.append(text) }
      if answer != .yes { others.append(text) }
    }
    func entering(_ texts: [AbstractText], _ isFork: Bool) -> ScriptState {
      var next = current
      if isFork { next.isCertain = false }
      if let variable { next.variables[variable] = next.value(of: variable).restricted(to: texts) }
      return next
    }
    let rest = AbstractValue(texts: others, mayBeUnset: false)
    let isFork = !matching.isEmpty && !others.isEmpty
    if matching.isEmpty { return runItems(items.dropFirst(), rest, variable: variable, entering(others, false)) }
    let taken = runItem(items, AbstractValue(texts: matching, mayBeUnset: false), entering(matching, isFork))
    guard isFork else { return taken }
    let passed = runItems(items.dropFirst(), rest, variable: variable, entering(others, true))
    return .either([taken, passed], from: state.isCertain)
  }

  private func runItem(_ items: ArraySlice<ShellCaseItem>, _ value: AbstractValue, _ state: ScriptState) -> Completion {
    guard let item = items.first else { return Completion(next: state) }
    var completion = run(item.body, state)
    guard item.terminator != .leave, let next = completion.next else { return completion }
    let rest = items.dropFirst()
    let following =
      item.terminator == .fallThrough
      ? runItem(rest, value, next) : runItems(rest, value, variable: nil, next)
    completion.next = following.next
    completion.addEscapes(of: following)
    return completion
  }
}

extension ShellWord {
  /// The variable, if the word is nothing but its plain expansion.
  var soleParameter: String? {
    guard parts.count == 1, case .parameter(let parameter, _) = parts[0], case .none = parameter.operation,
      parameter.name.utf8.first?.isNameStart == true
    else { return nil }
    return parameter.name
  }
}
