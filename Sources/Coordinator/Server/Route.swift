internal import CoordinatorAPI
internal import HTTPTypes

/// One operation of the API. All of them stand in one table, so that none is without its access rule, and a test compares
/// the table with the OpenAPI document.
struct Route: Sendable {
  /// The document's `operationId`.
  var name: String
  var method: HTTPRequest.Method
  /// Segments as in OpenAPI: `/v1/nodes/{node}`.
  let path: String
  /// The path's segments: every request is compared with them.
  private let pattern: [Segment]
  var access: Access
  /// Whether it is for people in browsers: they are known by a session, and refusals are pages.
  var isPage = false
  var handle: @Sendable (Call) async throws -> Reply

  init(
    page name: String, _ method: HTTPRequest.Method, _ path: String, _ access: Access,
    handle: @escaping @Sendable (Call) async throws -> Reply
  ) {
    self.init(name, method, path, access, handle: handle)
    isPage = true
  }

  init(
    _ name: String, _ method: HTTPRequest.Method, _ path: String, _ access: Access,
    handle: @escaping @Sendable (Call) async throws -> Reply
  ) {
    self.name = name
    self.method = method
    self.path = path
    pattern = path.split(separator: "/").map(Segment.init)
    self.access = access
    self.handle = handle
  }

  /// The values of the path's parameters; nil if the path is another one.
  func parameters(of segments: [String]) -> [String: String]? {
    guard pattern.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (part, segment) in zip(pattern, segments) {
      switch part {
      case .parameter(let name): values[name] = segment
      case .text(let text): if text != segment { return nil }
      }
    }
    return values
  }

  private enum Segment {
    case text(String)
    case parameter(String)

    init(_ segment: Substring) {
      let isParameter = segment.hasPrefix("{")
      self = isParameter ? .parameter(String(segment.dropFirst().dropLast())) : .text(String(segment))
    }
  }
}
