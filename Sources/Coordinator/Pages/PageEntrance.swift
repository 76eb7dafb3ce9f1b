internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import GateModel
internal import HTTPTypes
internal import Hummingbird

/// Who a browser's request is of, and what a person sees who may not.
struct PageEntrance: Sendable {
  let sessions: PageSessions
  let cookie: SessionCookie
  let renderer: PageRenderer

  /// A page, or a path that is none, asked for by a browser that shows no other credentials.
  func isForPeople(_ request: Request, _ route: Route?) -> Bool {
    if let route { return route.isPage }
    return request.headers[.authorization] == nil && Self.takesHTML(request)
  }

  private static func takesHTML(_ request: Request) -> Bool {
    (request.headers[.accept] ?? "").contains("text/html")
  }

  func identity(_ request: Request, at now: Timestamp) async throws(FleetStoreError) -> Identity? {
    guard let value = cookie.value(in: request.headers) else { return nil }
    return try await sessions.identity(of: value, at: now)
  }

  /// Who is not signed in is sent there, from every path alike; a program is told as the API does.
  func refusal(_ problem: APIProblem, _ request: Request, at now: Timestamp) -> Reply {
    guard Self.takesHTML(request) else { return .problem(problem) }
    if problem.kind == .unauthenticated, request.method == .get {
      let next = PercentEncoding.encode(String(request.uri.string.prefix(1000)))
      return .seeOther(next == "%2F" ? "/sign-in" : "/sign-in?next=\(next)")
    }
    let title =
      switch problem.kind {
      case .unauthenticated: "Not signed in"
      case .forbidden: "Not allowed"
      case .notFound: "Not found"
      case .tooManyRequests: "Too many requests"
      case .storeUnavailable: "The store does not answer"
      default: "Not done"
      }
    let page = ProblemPage(title: title, text: problem.value)
    return .page(renderer.render(page, in: PageFrame(now: now)), status: problem.kind.status)
  }
}
