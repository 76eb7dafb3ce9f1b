/// What a node says about a grant of its own.
public enum NodeReport: Sendable, Hashable, Codable {
  /// dpkg is done; the checks after it go on.
  case applied
  /// Everything is done, and the node is well.
  case healthy
  case failed(reason: String)
  /// dpkg did not run: the grant is not needed.
  case returned(reason: String)
}
