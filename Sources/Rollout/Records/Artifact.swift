/// One binary package as it is: the bytes that a node would install.
public struct Artifact: Sendable, Hashable, Codable, CustomStringConvertible {
  public var name: String
  /// dpkg's name of the architecture.
  public var architecture: String
  public var version: String
  /// SHA-256 of the .deb, 64 lower-case hexadecimal digits, as apt's lists have it.
  public var sha256: String

  public init(name: String, architecture: String, version: String, sha256: String) {
    self.name = name
    self.architecture = architecture
    self.version = version
    self.sha256 = sha256
  }

  /// `libsystemd0:amd64 252.39-1~deb12u1`.
  public var description: String { "\(name):\(architecture) \(version)" }

  public var isValid: Bool {
    sha256.utf8.count == 64
      && sha256.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      && [name, architecture, version].allSatisfy { text in
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2F }
      }
  }
}

/// The binary packages that a rollout is bound to: what the first ring runs, and nothing else, may go on.
public struct ArtifactSet: Sendable, Hashable, Codable {
  /// Sorted by name, architecture and version; one for each.
  public private(set) var artifacts: [Artifact]

  public init(_ artifacts: [Artifact] = []) {
    self.artifacts = []
    for artifact in artifacts { insert(artifact) }
  }

  /// More binary packages than any source builds, for all architectures.
  public static let most = 4096

  /// Those of `wanted` that the set knows with other contents: the archive changed what a version is.
  public func altered(_ wanted: [Artifact]) -> [Artifact] {
    wanted.filter { artifact in known(artifact).map { $0.sha256 != artifact.sha256 } ?? false }
  }

  /// Those of `wanted` that the set does not know.
  public func unknown(_ wanted: [Artifact]) -> [Artifact] { wanted.filter { known($0) == nil } }

  public mutating func insert(_ artifact: Artifact) {
    guard known(artifact) == nil else { return }
    artifacts.insert(artifact, at: place(of: artifact))
  }

  private func known(_ artifact: Artifact) -> Artifact? {
    let place = place(of: artifact)
    return artifacts.indices.contains(place) && Self.key(artifacts[place]) == Self.key(artifact)
      ? artifacts[place] : nil
  }

  /// The index of the first artifact that does not come before it.
  private func place(of artifact: Artifact) -> Int {
    var low = 0
    var high = artifacts.count
    while low < high {
      let middle = (low + high) / 2
      if Self.key(artifacts[middle]) < Self.key(artifact) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func key(_ artifact: Artifact) -> (String, String, String) {
    (artifact.name, artifact.architecture, artifact.version)
  }
}
