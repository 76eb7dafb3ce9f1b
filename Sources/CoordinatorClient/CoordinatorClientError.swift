public import CoordinatorAPI

/// Why a coordinator did not do what it was asked.
public struct CoordinatorClientError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// A file that is named in the configuration cannot be used.
    case configuration
    /// No answer: whether it was done is not known.
    case unreachable
    /// It said no. The kind is nil if the answer is none of a coordinator.
    case refused(status: Int, kind: APIProblem.Kind?)
    /// It answered something else than it should.
    case unexpected
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// Whether the coordinator has no such operation, because it is of an earlier version.
  public var isUnknownOperation: Bool { if case .refused(404, _) = code { true } else { false } }

  /// Whether asking again may help, and does no harm.
  func isTransient(_ repetition: CoordinatorClient.Repetition) -> Bool {
    switch code {
    case .configuration, .unexpected: false
    case .unreachable: repetition != .never
    case .refused(429, _): true
    case .refused(let status, _): status >= 500 && repetition == .always
    }
  }
}
