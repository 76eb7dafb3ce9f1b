/// How a piece of script may end, and in which state.
struct Completion {
  /// Falls through to what follows; nil if it never does.
  var next: ScriptState?
  /// `return`.
  var returned: ScriptState?
  /// `break` and `continue`, by the number of loops still to leave.
  var breaks: [Int: ScriptState] = [:]
  var continues: [Int: ScriptState] = [:]
  /// Whether the script may end here in success; ending in failure is no way on.
  var mayExitInSuccess = false

  init(next: ScriptState?) {
    self.next = next
  }

  /// Whether there is a successful way out other than falling through.
  var escapes: Bool { mayExitInSuccess || returned != nil || !breaks.isEmpty || !continues.isEmpty }

  /// Takes over the ways out of `other`, but not its falling through.
  mutating func addEscapes(of other: Completion) {
    returned = returned.joined(with: other.returned)
    breaks.merge(other.breaks) { $0.joined(with: $1) }
    continues.merge(other.continues) { $0.joined(with: $1) }
    mayExitInSuccess = mayExitInSuccess || other.mayExitInSuccess
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
