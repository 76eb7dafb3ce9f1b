/// What the interpreter knows at a point of a script.
struct ScriptState: Equatable {
  var variables: [String: AbstractValue] = [:]
  /// `$1` and on; nil if not even their number is known.
  var positional: [AbstractValue]?
  /// The functions that a name may stand for.
  var functions: [String: [ShellFunction]] = [:]
  /// Whether the last command succeeded.
  var status: Answer = .yes
  /// Whether this point is reached on every way to the script's success.
  var isCertain = true
  /// `set -e`.
  var stopsOnError = false
  /// What a command substitution has printed so far; nil outside of one.
  var output: AbstractValue?
  /// What the last command, if it was a test, tells about variables.
  var refinement: [Refinement] = []

  /// The value that a variable has if a test succeeded, and if it failed.
  struct Refinement {
    var variable: String
    var ifYes: AbstractValue
    var ifNo: AbstractValue

    var inverted: Refinement { Refinement(variable: variable, ifYes: ifNo, ifNo: ifYes) }
  }

  /// This state on the way that is taken when the last command's status is `status`.
  func assuming(_ status: Answer) -> ScriptState {
    var result = self
    for known in refinement { result.variables[known.variable] = status == .yes ? known.ifYes : known.ifNo }
    result.refinement = []
    result.status = status
    result.isCertain = false
    return result
  }

  /// The value of a variable. A name in lower case that no one has set is taken to be unset, any other to come from
  /// the environment: dpkg passes its own variables on, all of them in upper case.
  func value(of name: String) -> AbstractValue {
    if let value = variables[name] { return value }
    let isEnvironment = !name.utf8.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
    return isEnvironment ? .environment : .unset
  }

  func joined(with other: ScriptState) -> ScriptState {
    var result = self
    for (name, theirs) in other.variables {
      let mine = value(of: name)
      if mine != theirs || variables[name] == nil { result.variables[name] = mine.joined(with: theirs) }
    }
    for (name, mine) in variables where other.variables[name] == nil {
      result.variables[name] = mine.joined(with: other.value(of: name))
    }
    if let mine = positional, let theirs = other.positional, mine.count == theirs.count {
      result.positional = zip(mine, theirs).map { $0.joined(with: $1) }
    } else {
      result.positional = nil
    }
    for (name, bodies) in other.functions {
      let mine = functions[name] ?? []
      let new = bodies.filter { body in !mine.contains { $0 === body } }
      if !new.isEmpty { result.functions[name] = mine + new }
    }
    result.status = status.joined(with: other.status)
    result.refinement = []
    result.isCertain = isCertain && other.isCertain
    result.stopsOnError = stopsOnError && other.stopsOnError
    if let mine = output, let theirs = other.output { result.output = mine.joined(with: theirs) }
    return result
  }

  /// Forgets what differs between this state and one after a turn of a loop, so that the loop's state comes to rest.
  func widened(by later: ScriptState) -> ScriptState {
    var result = joined(with: later)
    for (name, value) in result.variables where value != self.value(of: name) {
      result.variables[name] = AbstractValue(texts: [.hole], mayBeUnset: value.mayBeUnset)
    }
    if let mine = positional, let joint = result.positional {
      result.positional = zip(mine, joint).map { $0 == $1 ? $0 : .unknown }
    }
    if output != result.output { result.output = .unknown }
    return result
  }

  /// Whether a turn of a loop that began at `earlier` and ended here changed nothing that a further turn could see.
  func isRepeating(_ earlier: ScriptState) -> Bool {
    var same = self
    same.isCertain = earlier.isCertain
    same.status = earlier.status
    return same == earlier
  }

  static func == (left: ScriptState, right: ScriptState) -> Bool {
    left.variables == right.variables && left.positional == right.positional && left.status == right.status
      && left.isCertain == right.isCertain && left.output == right.output
      && left.functions.count == right.functions.count
      && left.functions.allSatisfy { name, bodies in
        right.functions[name].map { $0.elementsEqual(bodies) { $0 === $1 } } ?? false
      }
  }
}

extension Optional<ScriptState> {
  /// The join of two ways to the same point, of which either may not exist.
  func joined(with other: ScriptState?) -> ScriptState? {
    guard let mine = self else { return other }
    guard let other else { return mine }
    return mine.joined(with: other)
  }
}
