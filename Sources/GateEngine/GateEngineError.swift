/// Why the engine could not do what was asked.
public struct GateEngineError: Error, Sendable, Hashable {
  public enum Code: String, Sendable, Hashable {
    /// A name that the package lists do not know.
    case unknownPackage
  }

  public var code: Code
  /// One line for a person.
  public var message: String
  /// What to do about it, in one line.
  public var hint: String

  public init(code: Code, message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension GateEngineError {
  /// The error for a name that nothing matches, with names that are near it.
  static func unknownPackage(_ name: String, near: [String]) -> GateEngineError {
    let quoted = near.map { "`\($0)`" }.joined(separator: ", ")
    return GateEngineError(
      code: .unknownPackage, message: "no package is called `\(name)`",
      hint: near.isEmpty
        ? "name a source or binary package of this node's package lists, or a glob such as `linux-image-*`"
        : "did you mean \(quoted)?")
  }
}
