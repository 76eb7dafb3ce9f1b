import Coordinator
import CoordinatorAPI
import Foundation
import NIOHTTP1

/// A browser as far as the coordinator sees one: it asks for HTML and keeps its cookie.
struct PageVisitor: Sendable {
  let client: TestClient
  var cookie: String?

  /// One who is not signed in.
  init(_ coordinator: TestCoordinator) { client = coordinator.stranger }

  /// Signs in with a new token.
  static func signedIn(
    _ coordinator: TestCoordinator, _ name: String, _ roles: Set<Role>
  ) async throws -> PageVisitor {
    let token = try await TokenStore(coordinator.store).create(
      name: name, roles: roles, expires: nil, at: coordinator.clock.now)
    var visitor = PageVisitor(coordinator)
    try await visitor.signIn(token.text)
    return visitor
  }

  @discardableResult
  mutating func signIn(_ token: String) async throws -> TestClient.Answer {
    let answer = try await send("/sign-in", ["token": token])
    cookie = answer.headers.first(name: "Set-Cookie").map { String($0.prefix { $0 != ";" }) }
    return answer
  }

  func get(_ path: String) async throws -> TestClient.Answer {
    try await client.ask(.GET, path, headers: headers)
  }

  /// A form, with `more` of a browser's own headers.
  func send(_ path: String, _ form: [String: String], _ more: [String: String] = [:]) async throws -> TestClient.Answer
  {
    let body = form.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
    let all = headers.merging(more) { $1 }.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 }
    return try await client.ask(.POST, path, headers: all, body: Array(body.utf8))
  }

  /// What the forms of a page carry.
  func formKey() async throws -> String {
    let page = try await get("/approvals").text
    return page.firstMatch(of: /name="csrf" value="([0-9a-f]{64})"/).map { String($0.output.1) } ?? ""
  }

  private var headers: [String: String] {
    var headers = ["Accept": "text/html,application/xhtml+xml"]
    headers["Cookie"] = cookie
    return headers
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
