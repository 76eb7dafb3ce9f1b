internal import CoordinatorAPI
internal import CoordinatorPages
internal import GateModel
internal import HTTPTypes
internal import Logging
internal import Rollout

/// Coming in, going out, and what people do.
extension PageTable {
  var entranceRoutes: [Route] {
    let assets = PageAsset.all.map { asset in
      // Style and script hold no data; the page where one signs in needs them.
      Route(page: "asset", .get, asset.path, .open) { _ in .asset(asset) }
    }
    return assets + [
      Route(page: "signInPage", .get, "/sign-in", .open) { call in
        .page(renderer.render(SignInPage(next: Self.next(call.query["next"])), in: frame(of: call)))
      },
      Route(page: "signIn", .post, "/sign-in", .open) { try await signIn($0) },
      Route(page: "signOut", .post, "/sign-out", .identified) { call in
        _ = try form(of: call)
        if let value = cookie.value(in: call.headers) { try await sessions.end(value) }
        var reply = Reply.seeOther("/sign-in")
        reply.headers["Set-Cookie"] = cookie.removal
        return reply
      },
    ]
  }

  private func signIn(_ call: Call) async throws -> Reply {
    let form = try FormBody(call.body)
    let next = Self.next(form["next"])
    let token = form["token"].filter { !$0.isWhitespace }
    let identity = try await holder(of: token, at: call.now)
    guard let identity, Access.readers.allows(identity) else {
      let text = identity == nil ? "That is no token that is in force." : "This token has no role that reads."
      let page = renderer.render(SignInPage(next: next), in: frame(of: call, problem: text))
      call.logger.notice("sign-in refused", metadata: ["address": "\(call.address)"])
      var reply = Reply.page(page, status: identity == nil ? 401 : 403)
      reply.countsAsRefusal = identity == nil
      return reply
    }
    let value = try await sessions.begin(token: token, at: call.now)
    try await trail.append("sign-in", "", by: identity.name, reason: "", at: call.now)
    call.logger.notice("signed in", metadata: ["by": "\(identity.name)", "address": "\(call.address)"])
    var reply = Reply.seeOther(next)
    reply.headers["Set-Cookie"] = cookie.header(value, lasting: PageSessions.lifetime)
    return reply
  }

  /// nil if there is none.
  private func holder(of token: String, at now: Timestamp) async throws(APIProblem) -> Identity? {
    do {
      return try await authenticator.identify(authorization: "Bearer \(token)", certificate: nil, at: now)
    } catch {
      if error.kind == .unauthenticated { return nil }
      throw error
    }
  }

  /// A path of this coordinator, whatever somebody made of it.
  private static func next(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 1000, !text.hasPrefix("/sign-"),
      text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return text
  }

  /// The form that this session's page sent; throws if another site did.
  private func form(of call: Call) throws(APIProblem) -> FormBody {
    let form = try FormBody(call.body)
    guard let value = cookie.value(in: call.headers), form["csrf"] == PageSessions.formKey(of: value) else {
      throw APIProblem(.forbidden, "the form is not of this session; load the page again")
    }
    return form
  }

  var formRoutes: [Route] { [Order.halt, .resume, .abandon, .promote, .approve].map(orderRoute) }

  private func orderRoute(_ order: Order) -> Route {
    Route(page: "\(order.rawValue)Form", .post, "/rollouts/{rollout}/\(order.rawValue)", .roles([order.role])) { call in
      let form = try form(of: call)
      let id = try Self.rollout(call)
      let ring = form["ring"].isEmpty ? nil : form["ring"]
      let request = OrderRequest(reason: form["reason"], ring: ring)
      do {
        try await fleet.order(order, id, request, by: try call.caller().name, at: call.now)
      } catch let problem as APIProblem where problem.kind == .refused || problem.kind == .invalidRequest {
        let page = try await reader.rollout(id, after: nil, at: call.now)
        return .page(
          renderer.render(page, in: frame(of: call, problem: "Not done: \(problem.value).")),
          status: problem.kind.status)
      }
      try await trail.append(
        order.rawValue, ring.map { "\(id), ring \($0)" } ?? id.description, by: call.name, reason: request.reason,
        at: call.now)
      call.logger.notice(
        "order carried out",
        metadata: [
          "order": "\(order.rawValue)", "rollout": "\(id)", "by": "\(call.name)", "reason": "\(request.reason)",
        ])
      return .seeOther("/rollouts/\(PercentEncoding.encode(id.description))?done=\(order.rawValue)")
    }
  }
}
