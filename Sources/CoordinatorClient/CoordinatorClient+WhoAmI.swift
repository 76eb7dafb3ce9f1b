public import CoordinatorAPI

extension CoordinatorClient {
  /// Whom the coordinator takes this client for, and what time it is there: the `Date` of its answer as it stands in it, to
  /// the second. Asked once: who is refused is told so.
  public func whoAmI(
    within deadline: Duration
  ) async throws(CoordinatorClientError) -> (identity: WhoAmI, date: String?) {
    let (bytes, date) = try await dated(.get, "/v1/whoami", within: deadline)
    return (try decoded(bytes), date)
  }
}
