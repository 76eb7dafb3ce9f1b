/// `break` or `continue`, on its way to the loop that it means.
struct Jump {
  var isBreak: Bool
  /// How many loops are still to leave, from 1: the innermost.
  var level: Int
  var state: ScriptState
}

/// The end of a shell, by `exit` or because of `set -e`: what the one that waits for it learns.
struct ShellExit {
  var status: Answer
  var output: AbstractValue?

  func joined(with other: ShellExit) -> ShellExit {
    var result = ShellExit(status: status.joined(with: other.status), output: output)
    if let mine = output, let theirs = other.output { result.output = mine.joined(with: theirs) }
    return result
  }
}

/// How a piece of script may end, and in which state.
struct Completion {
  /// Falls through to what follows; nil if it never does.
  var next: ScriptState?
  /// `return`.
  var returned: ScriptState?
  /// `break` and `continue`.
  var jumps: [Jump] = []
  /// The shell may end here.
  private(set) var exit: ShellExit?
  /// Whether the script may succeed although its shell ends here.
  private(set) var mayExitInSuccess = false

  init(next: ScriptState?) {
    self.next = next
  }

  /// Whether there is a way to the script's success other than falling through.
  var escapes: Bool { mayExitInSuccess || returned != nil || !jumps.isEmpty }

  mutating func add(_ jump: Jump) {
    if let index = jumps.firstIndex(where: { $0.isBreak == jump.isBreak && $0.level == jump.level }) {
      jumps[index].state = jumps[index].state.joined(with: jump.state)
    } else {
      jumps.append(jump)
    }
  }

  /// `isFailureOfScript`: whether the script fails if a shell ends here with a failure.
  mutating func add(_ exit: ShellExit, isFailureOfScript: Bool) {
    self.exit = self.exit?.joined(with: exit) ?? exit
    if exit.status != .no || !isFailureOfScript { mayExitInSuccess = true }
  }

  /// Takes over the ways out of `other`, but not its falling through.
  mutating func addEscapes(of other: Completion) {
    if let theirs = other.returned { returned = returned.joined(with: theirs) }
    for jump in other.jumps { add(jump) }
    if let theirs = other.exit { exit = exit?.joined(with: theirs) ?? theirs }
    mayExitInSuccess = mayExitInSuccess || other.mayExitInSuccess
  }

  /// The ways out of the shell alone.
  var exits: Completion {
    var result = Completion(next: nil)
    result.exit = exit
    result.mayExitInSuccess = mayExitInSuccess
    return result
  }

  /// The completion of a fork: either branch, from a point that was as certain as `isCertain`.
  ///
  /// What follows is as certain as the point itself if no branch leaves successfully on another way.
  static func either(_ branches: [Completion], from isCertain: Bool) -> Completion {
    var result = Completion(next: nil)
    for branch in branches {
      result.next = result.next.joined(with: branch.next)
      result.addEscapes(of: branch)
    }
    let escapes = result.escapes
    result.next?.isCertain = isCertain && !escapes
    return result
  }
}
