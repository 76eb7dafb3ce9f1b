internal import CoordinatorAPI
internal import HTTPTypes

/// One operation of the API. All of them stand in one table, so that none is without its access rule, and a test compares
/// the table with the OpenAPI document.
struct Route: Sendable {
  /// The document's `operationId`.
  var name: String
  var method: HTTPRequest.Method
  /// Segments as in OpenAPI: `/v1/nodes/{node}`.
  var path: String
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
    self.access = access
    self.handle = handle
  }

  /// The values of the path's parameters; nil if the path is another one.
  func parameters(of segments: [String]) -> [String: String]? {
    let pattern = path.split(separator: "/")
    guard pattern.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (part, segment) in zip(pattern, segments) {
      if part.hasPrefix("{") {
        values[String(part.dropFirst().dropLast())] = segment
      } else if part != segment {
        return nil
      }
    }
    return values
  }
}
