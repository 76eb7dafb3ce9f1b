public import GateModel

/// A source or binary package's name as a person gives it: `systemd`, `libc6:amd64`, `linux-image-*`.
///
/// `*` stands for any characters and `?` for one, as in a shell.
public struct PackagePattern: Sendable, Hashable {
  /// As it was given.
  public let text: String
  private let name: Glob
  private let architecture: String?

  public init(_ text: String) {
    self.text = text
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = Glob(String(parts.first ?? ""))
    architecture = parts.count > 1 ? String(parts[1]) : nil
  }

  /// Whether it means the source of `change` or one of its binaries.
  public func matches(_ change: Change) -> Bool {
    if architecture == nil, matches(name: change.source) { return true }
    return change.binaries.contains { matches(name: $0.name, architecture: $0.architecture) }
  }

  /// Whether it means `package` or its source.
  public func matches(_ package: KeptBackPackage) -> Bool {
    if architecture == nil, matches(name: package.source) { return true }
    return matches(name: package.name, architecture: package.architecture)
  }

  private func matches(name: String, architecture: String) -> Bool {
    (self.architecture ?? architecture) == architecture && matches(name: name)
  }

  /// Whether it means a package called `candidate`, of whatever architecture.
  public func matches(name candidate: String) -> Bool { name.matches(candidate) }
}
