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
  /// Depth of conditions: where `set -e` does not stop.
  var conditionDepth = 0
  /// Values to put back when a function ends, by function.
  var locals: [[String: AbstractValue?]] = []
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
      var next = contained(state) { self.run(foreground, $0) }
      next.status = .yes
      return Completion(next: next)
    }
    guard !list.rest.isEmpty else { return settled(run(list.first, state)) }
    var completion = inCondition { run(list.first, state) }
    for (index, (connector, pipeline)) in list.rest.enumerated() {
      guard let current = completion.next else { break }
      let isLast = index == list.rest.count - 1
      let wanted: Answer = connector == .and ? .yes : .no
      let result = choose(current, wanted: wanted) { state in
        isLast ? self.run(pipeline, state) : self.inCondition { self.run(pipeline, state) }
      } otherwise: {
        Completion(next: $0)
      }
      completion.next = result.next
      completion.addEscapes(of: result)
    }
    return completion
  }

  /// With `set -e`, what follows a command that is no condition is reached only if it succeeded.
  private func settled(_ completion: Completion) -> Completion {
    var result = completion
    if conditionDepth == 0, result.next?.stopsOnError == true { result.next?.status = .yes }
    return result
  }

  func inCondition(_ body: () -> Completion) -> Completion {
    conditionDepth += 1
    defer { conditionDepth -= 1 }
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
    var completion: Completion
    if pipeline.commands.count == 1 {
      completion =
        pipeline.isNegated ? inCondition { run(pipeline.commands[0], state) } : run(pipeline.commands[0], state)
    } else {
      completion = Completion(next: runPiped(pipeline.commands, state))
    }
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
      _ = contained(before) { self.run(command, $0) }
    }
    guard let last = commands.last else { return state }
    return contained(state) { self.run(last, $0) }
  }

  /// Runs `body` in a subshell: only what it prints and its status come out.
  func contained(_ state: ScriptState, _ body: (ScriptState) -> Completion) -> ScriptState {
    let completion = nested(state, body)
    var result = state
    result.refinement = []
    let end = completion.next.joined(with: completion.returned)
    result.status = completion.mayExitInSuccess || end == nil ? .unknown : end?.status ?? .unknown
    if state.output != nil { result.output = end?.output ?? .unknown }
    return result
  }

  /// Counts one command; false once the budget is spent, which is reported once.
  func spendStep(_ state: ScriptState) -> Bool {
    steps += 1
    if steps == Limit.steps { reportUnknown("too long to follow to its end", state: state) }
    return steps < Limit.steps
  }
}
