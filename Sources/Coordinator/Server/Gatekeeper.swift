internal import CoordinatorAPI
internal import FleetStore
internal import GateModel
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NetworkState
internal import NIOCore

/// Every request comes through here: who asks, whether that one may, and how often, before a route sees it.
///
/// A refusal never says more than it must: without credentials every path answers alike, whether it exists or not.
struct Gatekeeper: HTTPResponder {
  typealias Context = ConnectionContext

  let routes: [Route]
  let authenticator: Authenticator
  let entrance: PageEntrance
  let settings: SettingsBox
  let counters: RequestCounters
  let identityLimit: RateLimiter
  let refusalLimit: RateLimiter
  let clock: @Sendable () -> Timestamp

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let began = ContinuousClock.now
    var trace = RequestTrace(request, address: context.address)
    let reply: Reply
    do {
      reply = try await answer(request, context, &trace)
    } catch let problem as APIProblem {
      reply = refused(problem, request, &trace)
    } catch let error as FleetStoreError {
      reply = refused(Self.problem(error), request, &trace)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      reply = refused(APIProblem(.bodyTooLarge, "the body has over \(largestBody) bytes"), request, &trace)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      context.logger.error("request failed", metadata: ["error": "\(error)"])
      reply = refused(APIProblem(.internalError, "something went wrong; the log says what"), request, &trace)
    }
    let duration = ContinuousClock.now - began
    counters.count(route: trace.route, status: reply.status, problem: trace.problem?.kind, duration: duration)
    trace.log(to: context.logger, status: reply.status, duration: duration)
    return reply.response
  }

  private var largestBody: Int { settings.current.limits.largestBody }

  private func answer(_ request: Request, _ context: ConnectionContext, _ trace: inout RequestTrace) async throws
    -> Reply
  {
    let segments = Self.segments(of: request.uri.path)
    let matches = routes.compactMap { route in route.parameters(of: segments).map { (route, $0) } }
    let match = matches.first { $0.0.method == request.method }
    if let match { trace.route = match.0.name }
    let now = clock()
    if request.method != .get, RequestOrigin.isForeign(request.headers, authority: request.head.authority) {
      throw APIProblem(.forbidden, "another site had a browser send this")
    }
    let access = match?.0.access
    var identity: Identity?
    if access != .open {
      identity = try await identified(request, context, match?.0, at: now)
      try admit(identity, to: access, &trace)
    }
    guard let (route, parameters) = match else {
      throw matches.isEmpty
        ? APIProblem(.notFound, "there is no such path") : APIProblem(.methodNotAllowed, "this path has no such method")
    }
    let body = try await wholeBody(of: request)
    let query = Dictionary(
      request.uri.queryParameters.map { (String($0.key), String($0.value)) }, uniquingKeysWith: { first, _ in first })
    let call = Call(
      identity: identity, address: context.address, headers: request.headers,
      parameters: parameters, query: query, body: Array(body.readableBytesView), now: now,
      logger: context.logger)
    let reply = try await route.handle(call)
    if reply.countsAsRefusal, refusalLimit.take(trace.address, at: .now) != nil {
      throw APIProblem(.tooManyRequests, "too many requests without good credentials")
    }
    return reply
  }

  private func wholeBody(of request: Request) async throws -> ByteBuffer {
    do {
      return try await request.body.collect(upTo: largestBody)
    } catch let error where error is any HTTPResponseError || error is CancellationError {
      throw error
    } catch {
      throw APIProblem(.incompleteBody, "the body did not end as it should: \(error)")
    }
  }

  /// Who asks; nil without credentials. `route` is nil for a path that does not exist.
  private func identified(
    _ request: Request, _ context: ConnectionContext, _ route: Route?, at now: Timestamp
  ) async throws -> Identity? {
    // A certificate would do for any site that has the browser ask.
    if entrance.isForPeople(request, route) { return try await entrance.identity(request, at: now) }
    // Who shows a header is known by it alone.
    let authorization = request.headers[.authorization]
    let certificate = authorization == nil ? await context.clientCertificate() : nil
    return try await authenticator.identify(authorization: authorization, certificate: certificate, at: now)
  }

  /// Refuses who may not, or asks too often.
  private func admit(_ identity: Identity?, to access: Access?, _ trace: inout RequestTrace) throws {
    guard let identity else {
      if access == .fleetLock, isPlainLockClient(trace.address) { return }
      throw APIProblem(.unauthenticated, "this needs a client certificate or a token")
    }
    trace.identity = identity.name
    if let wait = identityLimit.take(identity.name, at: .now) {
      throw APIProblem(.tooManyRequests, "too many requests of `\(identity.name)`; wait \(wait)")
    }
    guard access?.allows(identity) ?? true else {
      throw APIProblem(.forbidden, "`\(identity.name)` has none of the roles that this needs")
    }
  }

  private func isPlainLockClient(_ address: String) -> Bool {
    guard let host = IPPrefix(address) else { return false }
    return settings.current.plainLockClients.contains { $0.contains(host) }
  }

  /// Refusals for want of credentials are counted by address, so that guessing is slow.
  private func refused(_ problem: APIProblem, _ request: Request, _ trace: inout RequestTrace) -> Reply {
    var problem = problem
    if problem.kind == .unauthenticated, refusalLimit.take(trace.address, at: .now) != nil {
      problem = APIProblem(.tooManyRequests, "too many requests without good credentials")
    }
    trace.problem = problem
    let route = routes.first { $0.name == trace.route }
    let forPeople = entrance.isForPeople(request, route)
    var reply = forPeople ? entrance.refusal(problem, request, at: clock()) : Reply.problem(problem)
    switch problem.kind {
    case .unauthenticated: if !forPeople { reply.headers["WWW-Authenticate"] = "Bearer" }
    case .tooManyRequests, .storeUnavailable: reply.headers["Retry-After"] = "5"
    case .methodNotAllowed:
      let segments = Self.segments(of: trace.path)
      let allowed = routes.filter { $0.parameters(of: segments) != nil }.map(\.method.rawValue)
      reply.headers["Allow"] = allowed.joined(separator: ", ")
    default: break
    }
    return reply
  }

  private static func segments(of path: String) -> [String] {
    path.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
  }

  private static func problem(_ error: FleetStoreError) -> APIProblem {
    switch error.code {
    case .invalid: APIProblem(.invalidRequest, error.message)
    case .unavailable, .unknownOutcome, .broken: APIProblem(.storeUnavailable, "the store does not answer: \(error)")
    }
  }
}
