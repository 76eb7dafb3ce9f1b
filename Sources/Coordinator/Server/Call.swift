internal import CoordinatorAPI
internal import FoundationEssentials
internal import GateModel
internal import HTTPTypes
internal import Logging

/// A request that has passed: who asks is known and may.
struct Call: Sendable {
  /// nil where a route takes callers without credentials.
  var identity: Identity?
  /// The caller's IP address.
  var address: String
  var headers: HTTPFields
  var parameters: [String: String]
  var query: [String: String]
  var body: [UInt8]
  var now: Timestamp
  var logger: Logger

  /// The caller's name; for routes that only identities reach.
  func caller() throws(APIProblem) -> Identity {
    guard let identity else { throw APIProblem(.unauthenticated, "this needs credentials") }
    return identity
  }

  /// The caller's name for the log.
  var name: String { identity?.name ?? "" }

  /// The body as JSON, whatever its Content-Type says: Zincati sends none.
  func decoded<Message: Decodable>(_ type: Message.Type = Message.self) throws(APIProblem) -> Message {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch let error as DecodingError {
      throw APIProblem(.invalidRequest, Self.text(error))
    } catch {
      throw APIProblem(.invalidRequest, "the body is not JSON")
    }
  }

  /// A whole number of the query, or `usual`.
  func number(_ key: String, usual: Int, in range: ClosedRange<Int>) throws(APIProblem) -> Int {
    guard let text = query[key] else { return usual }
    guard let number = Int(text), range.contains(number) else {
      throw APIProblem(
        .invalidRequest, "`\(key)` is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func text(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "the body" : "`\(path)`"
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(place(context)) has no `\(key.stringValue)`"
    case .typeMismatch(let type, let context): return "\(place(context)) is no \(type)"
    case .valueNotFound(_, let context): return "\(place(context)) is null"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "the body is not JSON" : "\(place(context)): \(context.debugDescription)"
    @unknown default: return "the body is not what this takes"
    }
  }
}
