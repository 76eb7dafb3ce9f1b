/// Why the room could not do what it was asked for.
public struct NetworkStateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is; stable, for programs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Bytes are not what the kernel would have written.
    case malformedMessage
    /// A message of a type that is not a link, address, route, rule, nexthop or neighbour.
    case unsupportedMessage
    /// A file does not start with the magic number of its kind.
    case wrongMagic
    /// A text that names no probe.
    case malformedProbe
    /// More bytes or messages than can be kept.
    case tooLarge
  }

  public var code: Code
  /// In one line: what is wrong, and where.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
