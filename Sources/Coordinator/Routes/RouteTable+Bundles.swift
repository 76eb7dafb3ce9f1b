internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes
internal import Logging

/// Policies for the whole fleet.
extension RouteTable {
  var bundleRoutes: [Route] {
    [
      Route("showBundle", .get, "/v1/policy-bundle", .roles([.node, .publisher])) { _ in
        try .json(try await bundles.current())
      },
      Route("publishBundle", .put, "/v1/policy-bundle", .roles([.publisher])) { call in
        let signed: SignedPolicyBundle = try call.decoded()
        let bundle = try await bundles.publish(signed)
        try await trail.append(
          "publish", "policy bundle \(bundle.version), signed by \(signed.signer)", by: call.name, reason: "",
          at: call.now)
        call.logger.notice(
          "policy bundle published",
          metadata: ["by": "\(call.name)", "signer": "\(signed.signer)", "version": "\(bundle.version)"])
        return .empty
      },
    ]
  }
}
