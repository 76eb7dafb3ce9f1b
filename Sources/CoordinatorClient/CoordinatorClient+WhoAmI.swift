public import CoordinatorAPI

/// What any caller may ask.
extension CoordinatorClient {
  private static let path = "/v1/whoami"

  /// Whom the coordinator takes this client for.
  public func whoAmI(within deadline: Duration) async throws(CoordinatorClientError) -> WhoAmI {
    try await ask(.get, Self.path, within: deadline)
  }

  /// ``whoAmI(within:)``, and what time it is there: the `Date` of the answer as it stands in it, to the second. Asked once:
  /// who is refused is told so.
  public func whoAmIAndWhen(
    within deadline: Duration
  ) async throws(CoordinatorClientError) -> (identity: WhoAmI, date: String?) {
    let (bytes, date) = try await dated(.get, Self.path, within: deadline)
    return (try decoded(bytes), date)
  }
}
