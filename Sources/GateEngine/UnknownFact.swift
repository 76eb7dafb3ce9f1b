/// A fact that a check had to do without.
public struct UnknownFact: Sendable, Hashable {
  /// As policies name it, such as `network`.
  public var name: String
  /// Why it could not be had; nil if nothing collects it yet.
  public var reason: String?

  public init(_ name: String, reason: String? = nil) {
    self.name = name
    self.reason = reason
  }
}
