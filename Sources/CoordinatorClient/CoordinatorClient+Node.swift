public import CoordinatorAPI

/// What a node asks. All of it may be asked twice.
extension CoordinatorClient {
  public func checkIn(
    _ request: CheckInRequest, within deadline: Duration
  ) async throws(CoordinatorClientError) -> CheckInAnswer {
    try await ask(.post, "/v1/node/check-in", body: request, within: deadline)
  }

  /// What the witness has of a node's ledger.
  public func ledger(of node: String, within deadline: Duration) async throws(CoordinatorClientError) -> WitnessedLedger
  {
    try await ask(.get, "/v1/nodes/\(Self.escaped(node))/ledger", within: deadline)
  }

  public func claim(
    _ request: ClaimRequest, within deadline: Duration
  ) async throws(CoordinatorClientError) -> ClaimReply {
    try await ask(.post, "/v1/node/claims", body: request, within: deadline)
  }

  public func confirm(
    _ request: ConfirmRequest, within deadline: Duration
  ) async throws(CoordinatorClientError) -> ConfirmReply {
    try await ask(.post, "/v1/node/confirmations", body: request, within: deadline)
  }

  /// The policy bundle in force, as it was signed: not verified.
  public func policyBundle(within deadline: Duration) async throws(CoordinatorClientError) -> SignedPolicyBundle {
    try await ask(.get, "/v1/policy-bundle", within: deadline, atMost: SignedPolicyBundle.largest)
  }

  public func report(
    _ request: ReportRequest, within deadline: Duration
  ) async throws(CoordinatorClientError) -> ReportReply {
    try await ask(.post, "/v1/node/reports", body: request, within: deadline)
  }
}
