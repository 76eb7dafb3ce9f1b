import GateModel

/// One abstract run of a maintainer script: walks every way that the script may take and collects what it would do.
final class ScriptRun {
  /// Bounds that no real script reaches; reaching one becomes an `unknown` effect.
  enum Limit {
    /// Commands looked at in one run.
    static let steps = 60_000
    /// Functions, sourced files, `eval` and subshells inside one another.
    static let depth = 48
    /// Turns of a loop of which each turn's outcome is known.
    static let turns = 256
    /// Passes over a loop's body until its state comes to rest.
    static let passes = 4
    /// Ways in which the words of one command may come out.
    static let alternatives = 24
    /// Bytes of a file that is sourced or run.
    static let fileSize = 512 * 1024
  }

  /// Where the run is: a file and a line in it, for evidence.
  struct Frame {
    var file: ScriptFile
    var line: Int
  }

  let contents: PackageContents
  let node: any NodeFiles
  /// Whether the package's files are on the node while the script runs.
  let filesAreUnpacked: Bool
  lazy var packagedPaths: Set<String> = Set(contents.files.map { Self.mergedPath($0.path) })

  var frames: [Frame] = []
  var findings = ScriptFindings()
  var nesting = ShellNesting()
  private var steps = 0
  private var depth = 0

  init(contents: PackageContents, node: any NodeFiles, filesAreUnpacked: Bool) {
    self.contents = contents
    self.node = node
    self.filesAreUnpacked = filesAreUnpacked
  }

  /// Runs a whole file in `state`.
  func run(file: ScriptFile, bytes: [UInt8], state: ScriptState) -> Completion {
    var parser = ShellParser(bytes: bytes, file: file)
    let (sequence, failure) = parser.script()
    frames.append(Frame(file: file, line: 1))
    defer { frames.removeLast() }
    let completion = nested(state) { run(sequence, $0) }
    if let failure {
      frames[frames.count - 1].line = failure.line
      reportUnknown("cannot be read as shell from line \(failure.line) on: \(failure.message)", state: state)
    }
    return completion
  }

  /// Runs a whole file as a shell of its own, the one that dpkg starts.
  func runShell(file: ScriptFile, bytes: [UInt8], state: ScriptState) {
    frames.append(Frame(file: file, line: 1))
    defer { frames.removeLast() }
    let completion = run(file: file, bytes: bytes, state: state)
    if let end = completion.next.joined(with: completion.returned) { runExitActions(end) }
  }

  /// Runs `body` one level deeper; too deep or too long becomes an `unknown` effect.
  func nested(_ state: ScriptState, _ body: (ScriptState) -> Completion) -> Completion {
    depth += 1
    defer { depth -= 1 }
    guard depth < Limit.depth else {
      reportUnknown("nested too deeply to follow", state: state)
      return Completion(next: state)
    }
    return body(state)
  }

  func run(_ sequence: ShellSequence, _ state: ScriptState) -> Completion {
    var completion = Completion(next: state)
    for list in sequence {
      guard let current = completion.next else { break }
      let result = run(list, current)
      completion.next = result.next
      completion.addEscapes(of: result)
    }
    return completion
  }

  private func run(_ list: ShellList, _ state: ScriptState) -> Completion {
    if list.runsInBackground {
      var foreground = list
      foreground.runsInBackground = false
      return Completion(next: contained(state, .unheeded) { self.run(foreground, $0) }.with(status: .yes))
    }
    var completion = runElement(list.first, isLast: list.rest.isEmpty, state)
    for (index, (connector, pipeline)) in list.rest.enumerated() {
      guard let current = completion.next else { break }
      let isLast = index == list.rest.count - 1
      let result = choose(current, wanted: connector == .and ? .yes : .no) { state in
        self.runElement(pipeline, isLast: isLast, state)
      } otherwise: {
        Completion(next: $0)
      }
      completion.next = result.next
      completion.addEscapes(of: result)
    }
    return completion
  }

  /// A pipeline of a list; all but the last are conditions. Source: POSIX.1-2017, set, option `-e`.
  private func runElement(_ pipeline: ShellPipeline, isLast: Bool, _ state: ScriptState) -> Completion {
    if !isLast || pipeline.isNegated { return inCondition { run(pipeline, state) } }
    let completion = run(pipeline, state)
    return pipeline.commands.count > 1 || pipeline.commands[0].endsShellOnError ? settled(completion) : completion
  }

  /// With `set -e`, the shell ends after a command that failed and is no condition.
  private func settled(_ completion: Completion) -> Completion {
    guard nesting.conditions == 0, let next = completion.next, next.stopsOnError != .no, next.status != .yes else {
      return completion
    }
    var result = completion
    result.addEscapes(of: ended(next.with(status: .no)))
    if nesting.failureIsOfScript {
      // Where `set -e` may be off, a failure may go on.
      guard next.stopsOnError == .yes else { return result }
      result.next = next.status == .no ? nil : next.with(status: .yes)
    } else {
      // Goes on in a shell that does not take over `set -e`.
      result.next?.isCertain = false
    }
    return result
  }

  /// The shell ends in `state`, and does what `trap ... EXIT` asked for.
  func ended(_ state: ScriptState) -> Completion {
    var last = state
    if state.status == .no, nesting.failureIsOfScript { last.isCertain = false }
    runExitActions(last)
    return gone(state)
  }

  /// The shell is no more.
  func gone(_ state: ScriptState) -> Completion {
    var completion = Completion(next: nil)
    completion.add(
      ShellExit(status: state.status, output: state.output), isFailureOfScript: nesting.failureIsOfScript)
    return completion
  }

  /// What `trap ... EXIT` asked for.
  private func runExitActions(_ state: ScriptState) {
    guard !state.exitActions.isEmpty else { return }
    var last = state
    last.exitActions = []
    last.isCertain = state.isCertain && state.exitActions.count == 1
    for action in state.exitActions { _ = contained(last, .unheeded) { self.runText(action, $0) } }
  }

  func inCondition(_ body: () -> Completion) -> Completion {
    nesting.conditions += 1
    defer { nesting.conditions -= 1 }
    return body()
  }

  /// Goes on with `body` if the last status is `wanted`, with `otherwise` if it is not, and with both if that is not
  /// known.
  func choose(
    _ state: ScriptState, wanted: Answer, _ body: (ScriptState) -> Completion,
    otherwise: (ScriptState) -> Completion
  ) -> Completion {
    if state.status == wanted { return body(state) }
    if state.status == !wanted { return otherwise(state) }
    return .either([body(state.assuming(wanted)), otherwise(state.assuming(!wanted))], from: state.isCertain)
  }

  private func run(_ pipeline: ShellPipeline, _ state: ScriptState) -> Completion {
    var completion =
      pipeline.commands.count == 1
      ? run(pipeline.commands[0], state) : Completion(next: runPiped(pipeline.commands, state))
    if pipeline.isNegated, let next = completion.next {
      completion.next?.status = !next.status
      completion.next?.refinement = next.refinement.map(\.inverted)
    }
    return completion
  }

  private func runPiped(_ commands: [ShellCommand], _ state: ScriptState) -> ScriptState {
    for command in commands.dropLast() {
      var before = state
      before.output = before.output.map { _ in AbstractValue("") }
      _ = contained(before, .unheeded) { self.run(command, $0) }
    }
    guard let last = commands.last else { return state }
    return contained(state, .subshell) { self.run(last, $0) }
  }

  /// Runs `body` in a shell inside this one: only what it prints and its status come out.
  func contained(
    _ state: ScriptState, _ kind: ShellNesting.Kind, _ body: (ScriptState) -> Completion
  ) -> ScriptState {
    let outer = nesting
    nesting = nesting.inside(kind, stopsOnError: state.stopsOnError == .yes)
    defer { nesting = outer }
    var entry = state
    entry.exitActions = []
    let completion = nested(entry, body)
    let end = completion.jumps.reduce(completion.next.joined(with: completion.returned)) { $0.joined(with: $1.state) }
    let ends = [end.map { ShellExit(status: $0.status, output: $0.output) }, completion.exit].compactMap { $0 }
    var result = state
    result.refinement = []
    guard let first = ends.first else { return result.with(status: .unknown).printingAnything }
    end.map(runExitActions)
    let exit = ends.dropFirst().reduce(first) { $0.joined(with: $1) }
    result.status = exit.status
    result.output = state.output == nil ? nil : exit.output
    return result
  }

  /// Counts one command; false once the budget is spent, which is reported once.
  func spendStep(_ state: ScriptState) -> Bool {
    steps += 1
    if steps == Limit.steps { reportUnknown("too long to follow to its end", state: state) }
    return steps < Limit.steps
  }
}

extension ShellCommand {
  /// Whether `set -e` looks at its status; for other compound commands it looked at those inside.
  fileprivate var endsShellOnError: Bool {
    switch kind {
    case .simple, .subshell, .extendedTest, .arithmetic: true
    default: false
    }
  }
}
