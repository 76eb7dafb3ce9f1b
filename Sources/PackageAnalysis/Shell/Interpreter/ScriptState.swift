/// What the interpreter knows at a point of a script.
struct ScriptState {
  var variables: [String: AbstractValue] = [:]
  /// `$1` and on; nil if not even their number is known.
  var positional: [AbstractValue]?
  /// The functions that a name may stand for.
  var functions: [String: FunctionMeaning] = [:]
  /// The variables that are local to the function that runs.
  var locals: [String: LocalVariable] = [:]
  /// Whether the last command succeeded.
  var status: Answer = .yes
  /// Whether this point is reached on every way to the script's success.
  var isCertain = true
  /// `set -e`.
  var stopsOnError = Answer.no
  /// What `trap ... EXIT` asks for at the end of the shell: none or, if ways differ, one of several.
  var exitActions: [String] = []
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

  /// What a name that was defined as a function may stand for.
  struct FunctionMeaning: Equatable {
    var bodies: [ShellFunction]
    /// Whether it may not be defined, so that the name is that of a program.
    var mayBeUndefined = false

    func joined(with other: FunctionMeaning) -> FunctionMeaning {
      let new = other.bodies.filter { body in !bodies.contains { $0 === body } }
      return FunctionMeaning(bodies: bodies + new, mayBeUndefined: mayBeUndefined || other.mayBeUndefined)
    }

    static func == (left: FunctionMeaning, right: FunctionMeaning) -> Bool {
      left.mayBeUndefined == right.mayBeUndefined && left.bodies.elementsEqual(right.bodies) { $0 === $1 }
    }
  }

  struct LocalVariable: Equatable {
    /// The value to put back when the function ends.
    var outer: AbstractValue
    /// Whether `local` was run on every way to here.
    var isSure: Bool
  }

  /// This state on the way that is taken when the last command's status is `status`.
  func assuming(_ status: Answer, keepsCertainty: Bool = false) -> ScriptState {
    var result = self
    for known in refinement { result.variables[known.variable] = status == .yes ? known.ifYes : known.ifNo }
    result.refinement = []
    result.status = status
    if !keepsCertainty { result.isCertain = false }
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
    if variables != other.variables { result.joinVariables(of: other) }
    if let mine = positional, let theirs = other.positional, mine.count == theirs.count {
      if mine != theirs { result.positional = zip(mine, theirs).map { $0.joined(with: $1) } }
    } else {
      result.positional = nil
    }
    result.functions = functions.merging(other.functions, ifAlone: \.perhapsUndefined) { $0.joined(with: $1) }
    result.locals = locals.merging(other.locals, ifAlone: \.unsure) {
      LocalVariable(outer: $0.outer.joined(with: $1.outer), isSure: $0.isSure && $1.isSure)
    }
    result.status = status.joined(with: other.status)
    result.refinement = []
    result.isCertain = isCertain && other.isCertain
    result.stopsOnError = stopsOnError.joined(with: other.stopsOnError)
    if exitActions != other.exitActions { result.exitActions = exitActions.eitherOr(other.exitActions) }
    if let mine = output, let theirs = other.output { result.output = mine.joined(with: theirs) }
    return result
  }

  private mutating func joinVariables(of other: ScriptState) {
    for (name, mine) in variables where other.variables[name] == nil {
      variables[name] = mine.joined(with: other.value(of: name))
    }
    for (name, theirs) in other.variables {
      let mine = value(of: name)
      if mine != theirs || variables[name] == nil { variables[name] = mine.joined(with: theirs) }
    }
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

  /// A state that says nothing of variables and parameters.
  var forgettingAll: ScriptState {
    var result = forgettingVariables()
    result.positional = nil
    return result
  }

  /// Whether a turn of a loop that began at `earlier` and ended here changed nothing that a further turn could see.
  func isRepeating(_ earlier: ScriptState) -> Bool {
    variables == earlier.variables && positional == earlier.positional && functions == earlier.functions
      && locals == earlier.locals && exitActions == earlier.exitActions && stopsOnError == earlier.stopsOnError
      && output == earlier.output
  }
}

extension [String] {
  /// Alternatives of two ways; none stands beside others as the empty text.
  fileprivate func eitherOr(_ other: [String]) -> [String] {
    let theirs = other.isEmpty ? [""] : other
    let mine = isEmpty ? [""] : self
    return mine + theirs.filter { !mine.contains($0) }
  }
}

extension ScriptState.FunctionMeaning {
  fileprivate var perhapsUndefined: Self { .init(bodies: bodies, mayBeUndefined: true) }
}

extension ScriptState.LocalVariable {
  fileprivate var unsure: Self { .init(outer: outer, isSure: false) }
}

extension Dictionary where Value: Equatable {
  /// The entries of both; `ifAlone` changes those that only one has.
  fileprivate func merging(
    _ other: Self, ifAlone: (Value) -> Value, combine: (Value, Value) -> Value
  ) -> Self {
    if self == other { return self }
    var result = mapValues(ifAlone)
    for (key, theirs) in other { result[key] = self[key].map { combine($0, theirs) } ?? ifAlone(theirs) }
    return result
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
