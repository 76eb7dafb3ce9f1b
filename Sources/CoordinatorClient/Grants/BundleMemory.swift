public import GateModel

/// What the node remembers of the fleet's policy bundles, whatever a coordinator says later.
public struct BundleMemory: Sendable, Hashable, Codable {
  /// Why a bundle was refused last; nil once another was put into force.
  public struct Refusal: Sendable, Hashable, Codable {
    /// The version that was offered.
    public var version: Int
    public var reason: String
    public var since: Timestamp

    public init(version: Int, reason: String, since: Timestamp) {
      self.version = version
      self.reason = reason
      self.since = since
    }
  }

  /// The greatest version that was ever put into force; 0 if none was.
  public var version = 0
  /// SHA-256 of what was signed of it, in hex.
  public var digest = ""
  public var signer = ""
  public var refusal: Refusal?

  public init() {}
}

/// The file of the node's ``BundleMemory``.
public struct BundleMemoryFile: Sendable {
  private let path: String

  /// - Parameter state: apt-gate's own folder.
  public init(state: String) { path = "\(state)/policy-bundle.json" }

  private var file: LockedFile<BundleMemory> { LockedFile(path: path, initial: BundleMemory()) }

  /// What is remembered; throws if there is a file that cannot be read: then nobody knows what must not come back.
  public func memory() throws(CoordinatorClientError) -> BundleMemory { try file.value() }

  /// Changes it, alone; nobody else works with bundles meanwhile.
  public func change(_ body: (inout BundleMemory) throws -> Void) throws(CoordinatorClientError) {
    try file.change(reading: file.value, body)
  }
}
