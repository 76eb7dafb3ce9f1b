/// The person who caused an entry.
public struct LedgerActor: Sendable, Hashable {
  /// The name of the account.
  public var name: String
  public var uid: Int
  /// How the person is known: `SUDO_UID`, the login uid, or the uid of the process.
  public var basis: Basis

  public enum Basis: String, Sendable, Hashable, CaseIterable {
    case sudo
    case login
    case process
  }

  public init(name: String, uid: Int, basis: Basis) {
    self.name = name
    self.uid = uid
    self.basis = basis
  }
}
