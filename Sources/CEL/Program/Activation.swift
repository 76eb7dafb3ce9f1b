/// The values an evaluation sees: one place for each variable of an environment, made once and changed in place.
public struct Activation: Sendable {
  private let environment: Environment
  private(set) var values: [Value?]

  init(_ environment: Environment) {
    self.environment = environment
    values = Array(repeating: nil, count: environment.variables.count)
  }

  /// The value of a variable by its full name; `nil` where it has none, and always for undeclared names.
  ///
  /// Reading a variable without a value is an error of the evaluation. Setting an undeclared one does nothing.
  public subscript(name: String) -> Value? {
    get { environment.variables[name].flatMap { values[$0.index] } }
    set {
      guard let variable = environment.variables[name] else { return }
      values[variable.index] = newValue
    }
  }
}
