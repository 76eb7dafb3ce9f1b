extension ScriptRun {
  func runLoop(
    _ condition: ShellSequence, _ body: ShellSequence, isUntil: Bool, _ state: ScriptState
  ) -> Completion {
    var loop = LoopProgress(entry: state)
    for turn in 0..<Limit.turns {
      guard let current = loop.current else { return loop.completion() }
      let test = loopTest(condition, isUntil: isUntil, current)
      if test.goesOn != nil, test.ends != nil { break }
      loop.take(test)
      guard let next = test.goesOn else { return loop.completion() }
      loop.turn(inLoop { run(body, next) })
      guard let after = loop.current else { return loop.completion() }
      if after.isRepeating(current) || (state.isCertain && !after.isCertain && turn > 16) { break }
    }
    guard let current = loop.current else { return loop.completion() }
    loop.finish(
      with: runRepeatedly(body, current, status: loop.status) { self.loopTest(condition, isUntil: isUntil, $0) })
    return loop.completion()
  }

  /// Tests the condition of a loop once.
  private func loopTest(_ condition: ShellSequence, isUntil: Bool, _ state: ScriptState) -> LoopTest {
    let tested = inLoop { inCondition { run(condition, state) } }
    var test = LoopTest(goesOn: nil, ends: nil)
    test.escapes.addEscapes(of: tested)
    guard let decided = tested.next else { return test }
    let wanted: Answer = isUntil ? .no : .yes
    if decided.status != !wanted { test.goesOn = decided.assuming(wanted, keepsCertainty: decided.status == wanted) }
    if decided.status != wanted { test.ends = decided.assuming(!wanted, keepsCertainty: true) }
    return test
  }

  private func inLoop(_ body: () -> Completion) -> Completion {
    nesting.loops += 1
    defer { nesting.loops -= 1 }
    return body()
  }

  func runIteration(
    _ variable: String, _ words: [ShellWord]?, _ body: ShellSequence, _ state: ScriptState
  ) -> Completion {
    var current = state
    let alternatives = words.map { fields(of: $0, &current) } ?? [positionalFields(current)]
    var loop = LoopProgress(entry: current)
    func perhaps(_ values: [AbstractText], _ entry: ScriptState) -> Completion {
      runRepeatedly(body, entry, status: loop.status) { entry in
        var turn = entry
        turn.variables[variable] = AbstractValue(texts: values.map { $0.requoted(true) }, mayBeUnset: false)
        return LoopTest(goesOn: turn, ends: entry)
      }
    }
    guard alternatives.count == 1, let values = alternatives.first?.flatMap(iterationWords) else {
      loop.finish(with: perhaps(alternatives.flatMap { $0 }, current))
      return loop.completion()
    }
    for value in values.prefix(Limit.turns) {
      guard var turn = loop.current else { break }
      turn.variables[variable] = AbstractValue(value.text.requoted(true))
      if value.isSurelyThere {
        loop.turn(inLoop { run(body, turn) })
      } else if let before = loop.current {
        loop.pass(with: perhaps([value.text], before))
      }
    }
    if values.count > Limit.turns { reportUnknown("loops over too many words to follow", state: state) }
    loop.end()
    return loop.completion()
  }

  /// What a word of a loop gives: an unquoted pattern the files that match it, each of them perhaps not there when the
  /// script runs; a word that is not known any number of words; any other word itself.
  private func iterationWords(_ word: AbstractText) -> [(text: AbstractText, isSurelyThere: Bool)] {
    if word.mayBeSeveralWords { return [(.hole, false)] }
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

  /// Runs `body` an unknown number of times, none among them. `test` makes a turn's state of the one before; `status` is
  /// that of the turn before.
  func runRepeatedly(
    _ body: ShellSequence, _ state: ScriptState, status: Answer = .yes, test: (ScriptState) -> LoopTest
  ) -> Completion {
    var loop = LoopProgress(entry: state, status: status)
    for pass in 0...Limit.passes {
      guard let entry = loop.current else { break }
      let tested = test(entry)
      loop.take(tested)
      guard var turn = tested.goesOn else { return loop.completion() }
      turn.isCertain = false
      loop.turn(inLoop { run(body, turn) })
      guard let after = loop.current else { break }
      let widened = entry.widened(by: after)
      loop.goOn(in: pass == Limit.passes - 1 ? widened.forgettingAll : widened)
      if widened.isRepeating(entry) { break }
    }
    if let last = loop.current { loop.take(test(last)) }
    return loop.completion()
  }
}

/// The test before a turn of a loop.
struct LoopTest {
  /// The state in which a turn begins; nil if none does.
  var goesOn: ScriptState?
  /// The state in which the loop ends; nil if it does not end here.
  var ends: ScriptState?
  /// Ways out of the test itself.
  var escapes = Completion(next: nil)

  init(goesOn: ScriptState?, ends: ScriptState?) {
    self.goesOn = goesOn
    self.ends = ends
  }
}

/// The ways out of a loop, collected turn by turn.
private struct LoopProgress {
  /// The state before the next turn; nil if there is none.
  private(set) var current: ScriptState?
  /// The status of the last turn: that of the loop. Source: POSIX.1-2017, Shell Command Language, section 2.9.4.
  private(set) var status: Answer
  private let isCertain: Bool
  /// Ways out of everything around the loop.
  private var outcome = Completion(next: nil)
  private var left: ScriptState?

  init(entry: ScriptState, status: Answer = .yes) {
    isCertain = entry.isCertain
    current = entry
    self.status = status
  }

  private mutating func leave(_ state: ScriptState) {
    left = left.joined(with: state)
  }

  /// Takes in a test: where it ends the loop, the loop's status is that of the last turn.
  mutating func take(_ test: LoopTest) {
    if takeEscapes(of: test.escapes) { current?.isCertain = false }
    if let ends = test.ends { leave(ends.with(status: status)) }
  }

  /// Takes in one turn.
  mutating func turn(_ completion: Completion) {
    let wasCertain = current?.isCertain ?? false
    current = completion.next
    let isLeft = takeEscapes(of: completion)
    current?.isCertain = wasCertain && !isLeft
    current?.refinement = []
    if let current { status = current.status }
  }

  /// Takes in the ways out of a turn: its `break` and `continue` are this loop's. Returns whether the loop may end there.
  private mutating func takeEscapes(of completion: Completion) -> Bool {
    var outer = completion
    outer.jumps = []
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
    return isLeft || outer.escapes
  }

  /// Goes on with a state that stands for those after any number of turns.
  mutating func goOn(in state: ScriptState) {
    current = state
    current?.isCertain = false
  }

  /// Takes in a part of the loop that was run to its end, and goes on.
  mutating func pass(with completion: Completion) {
    current = completion.next
    outcome.addEscapes(of: completion)
    if let current { status = current.status }
  }

  /// Takes in a part of the loop that was run to its end, and ends with it.
  mutating func finish(with completion: Completion) {
    pass(with: completion)
    end()
  }

  /// Ends after the last turn.
  mutating func end() {
    if let current { leave(current.with(status: status)) }
    current = nil
  }

  func completion() -> Completion {
    var result = outcome
    result.next = left
    result.next?.isCertain = isCertain && !outcome.escapes
    return result
  }
}
