/// People's recorded word that one held version may be let through, under the policies they saw, for a time.
public struct Approval: Sendable, Hashable {
  public var source: String
  /// The version that is let through; nil for the removal of the package.
  public var version: PackageVersion?
  /// The digest of the policies that were in force: others make the approval void.
  public var policyDigest: String
  /// The different names of those who stand behind it, compared exactly.
  public var approvers: Set<String>
  public var reason: String
  /// From this moment on it counts no more.
  public var expires: Timestamp

  public init(
    source: String, version: PackageVersion?, policyDigest: String, approvers: Set<String>, reason: String,
    expires: Timestamp
  ) {
    self.source = source
    self.version = version
    self.policyDigest = policyDigest
    self.approvers = approvers
    self.reason = reason
    self.expires = expires
  }
}
