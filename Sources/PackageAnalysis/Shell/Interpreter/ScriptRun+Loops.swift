extension ScriptRun {
  func runLoop(
    _ condition: ShellSequence, _ body: ShellSequence, isUntil: Bool, _ state: ScriptState
  ) -> Completion {
    var loop = LoopProgress(entry: state)
    for turn in 0..<Limit.turns {
      guard let current = loop.current else { return loop.completion() }
      let tested = inCondition { run(condition, current) }
      loop.outcome.addEscapes(of: tested)
      guard let decided = tested.next else { return loop.completion() }
      let goesOn = isUntil ? !decided.status : decided.status
      if goesOn == .no {
        loop.leave(decided)
        return loop.completion()
      }
      if goesOn == .unknown { break }
      loop.turn(run(body, decided))
      if let after = loop.current, after.isRepeating(current) || (state.isCertain && !after.isCertain && turn > 16) {
        break
      }
    }
    guard let current = loop.current else { return loop.completion() }
    let rest = runRepeatedly(body, current) { entry in
      let tested = self.inCondition { self.run(condition, entry) }
      loop.outcome.addEscapes(of: tested)
      return tested.next.map { $0.assuming(isUntil ? .no : .yes) }
    }
    loop.finish(with: rest)
    return loop.completion()
  }

  func runIteration(
    _ variable: String, _ words: [ShellWord]?, _ body: ShellSequence, _ state: ScriptState
  ) -> Completion {
    var current = state
    let alternatives = words.map { fields(of: $0, &current) } ?? [positionalFields(current)]
    current.status = .yes
    var loop = LoopProgress(entry: current)
    guard alternatives.count == 1, let values = alternatives.first?.flatMap(iterationWords) else {
      let union = alternatives.flatMap { $0 }
      loop.finish(
        with: runRepeatedly(body, current) { entry in
          var turn = entry
          turn.variables[variable] = AbstractValue(texts: union, mayBeUnset: false)
          return turn
        })
      return loop.completion()
    }
    for value in values.prefix(Limit.turns) {
      guard var turn = loop.current else { break }
      turn.variables[variable] = AbstractValue(value.text.requoted(true))
      if value.isSurelyThere {
        loop.turn(run(body, turn))
      } else {
        loop.pass(
          with: runRepeatedly(body, turn) { entry in
            var next = entry
            next.variables[variable] = AbstractValue(value.text.requoted(true))
            return next
          })
      }
    }
    if values.count > Limit.turns { reportUnknown("loops over too many words to follow", state: state) }
    if let end = loop.current { loop.leave(end) }
    return loop.completion()
  }

  /// What a word of a loop gives: an unquoted pattern the files that match it, each of them perhaps not there when the
  /// script runs; a word that is not known any number of words; any other word itself.
  private func iterationWords(_ word: AbstractText) -> [(text: AbstractText, isSurelyThere: Bool)] {
    let pattern = ShellPattern(word)
    guard pattern.hasWildcard else { return [(word, word.known != nil)] }
    guard let text = word.known, let slash = text.lastIndex(of: "/"), slash != text.startIndex else {
      return [(.hole, false)]
    }
    let directory = String(text[..<slash])
    func matches(_ path: String) -> Bool { pattern.matches(Array(path.unicodeScalars)) }
    let ofPackage = contents.files.map(\.path).filter(matches)
    guard let names = node.names(in: directory) else {
      return ofPackage.isEmpty ? [(.hole, false)] : ofPackage.map { (AbstractText($0), false) }
    }
    let ofNode = names.map { directory + "/" + $0 }.filter(matches)
    return Set(ofPackage + ofNode).sorted().map { (AbstractText($0), false) }
  }

  /// Runs `body` an unknown number of times, none among them. `prepare` makes a turn's state; nil ends the loop.
  func runRepeatedly(
    _ body: ShellSequence, _ state: ScriptState, prepare: (ScriptState) -> ScriptState?
  ) -> Completion {
    var loop = LoopProgress(entry: state)
    loop.leave(state)
    var entry = state
    for _ in 0..<Limit.passes {
      guard var turn = prepare(entry) else { break }
      turn.isCertain = false
      loop.turn(run(body, turn))
      guard var after = loop.current else { break }
      after.isCertain = entry.isCertain
      after.refinement = []
      loop.leave(after)
      let widened = entry.widened(by: after)
      if widened == entry { break }
      entry = widened
    }
    return loop.completion()
  }
}

/// The ways out of a loop, collected turn by turn.
private struct LoopProgress {
  let isCertain: Bool
  /// The state before the next turn; nil if no turn comes to its end.
  var current: ScriptState?
  /// Ways out of everything around the loop.
  var outcome = Completion(next: nil)
  private var end: ScriptState?

  init(entry: ScriptState) {
    isCertain = entry.isCertain
    current = entry
  }

  mutating func leave(_ state: ScriptState) {
    end = end.joined(with: state)
  }

  /// Takes one turn's completion in: its `break` and `continue` are this loop's.
  mutating func turn(_ completion: Completion) {
    current = completion.next
    var outer = Completion(next: nil)
    outer.returned = completion.returned
    outer.mayExitInSuccess = completion.mayExitInSuccess
    var isLeft = false
    for jump in completion.jumps {
      if jump.level > 1 {
        outer.add(Jump(isBreak: jump.isBreak, level: jump.level - 1, state: jump.state))
      } else if jump.isBreak {
        leave(jump.state)
        isLeft = true
      } else {
        current = current.joined(with: jump.state)
      }
    }
    outcome.addEscapes(of: outer)
    if isLeft || outer.escapes { current?.isCertain = false }
  }

  /// Takes in a part of the loop that was run to its end, and goes on.
  mutating func pass(with completion: Completion) {
    current = completion.next
    outcome.addEscapes(of: completion)
  }

  /// Takes in a part of the loop that was run to its end, and ends with it.
  mutating func finish(with completion: Completion) {
    pass(with: completion)
    if let next = completion.next { leave(next) }
    current = nil
  }

  func completion() -> Completion {
    var result = outcome
    let escapes = outcome.escapes
    result.next = end
    result.next?.isCertain = isCertain && !escapes
    return result
  }
}
