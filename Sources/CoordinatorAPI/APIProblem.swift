/// Why a request was refused, as it stands in the answer: `{"kind": ..., "value": ...}`, as FleetLock has it.
public struct APIProblem: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// One of few words: clients count by it.
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    case unauthenticated, forbidden, conflict, refused
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case missingHeader = "missing_header"
    case invalidRequest = "invalid_request"
    case invalidClientIdentity = "invalid_client_identity"
    case bodyTooLarge = "body_too_large"
    /// The connection ended within the body, or the body is no HTTP: mostly a caller who went.
    case incompleteBody = "incomplete_body"
    case tooManyRequests = "too_many_requests"
    case unknownGroup = "unknown_group"
    /// Every slot is taken, or the lock is another's.
    case failedLock = "failed_lock"
    case notOwner = "not_owner"
    case storeUnavailable = "store_unavailable"
    case internalError = "internal_error"

    /// The status of the HTTP answer (RFC 9110, section 15; 423 is RFC 4918's).
    public var status: Int {
      switch self {
      case .invalidRequest, .incompleteBody, .missingHeader, .invalidClientIdentity, .unknownGroup: 400
      case .unauthenticated: 401
      case .forbidden, .notOwner: 403
      case .notFound: 404
      case .methodNotAllowed: 405
      case .conflict, .refused: 409
      case .bodyTooLarge: 413
      case .failedLock: 423
      case .tooManyRequests: 429
      case .internalError: 500
      case .storeUnavailable: 503
      }
    }
  }

  public var kind: Kind
  /// One line for a person.
  public var value: String

  public init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  public var description: String { value }
}
