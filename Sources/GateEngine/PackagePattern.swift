public import GateModel

/// A source or binary package's name as a person gives it: `systemd`, `libc6:amd64`, `linux-image-*`.
///
/// `*` stands for any characters and `?` for one, as in a shell.
public struct PackagePattern: Sendable, Hashable {
  /// As it was given.
  public let text: String
  private let name: [Unicode.Scalar]
  private let architecture: String?

  public init(_ text: String) {
    self.text = text
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = Array((parts.first ?? "").unicodeScalars)
    architecture = parts.count > 1 ? String(parts[1]) : nil
  }

  /// Whether it has a `*` or `?`.
  public var isGlob: Bool { name.contains { $0 == "*" || $0 == "?" } }

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
  ///
  /// After a mismatch only the last `*` is tried again: at most the product of both lengths in steps.
  public func matches(name candidate: String) -> Bool {
    let text = Array(candidate.unicodeScalars)
    var at = 0
    var patternAt = 0
    var star: (pattern: Int, text: Int)?
    while at < text.count {
      if patternAt < name.count, name[patternAt] == "*" {
        star = (patternAt, at)
        patternAt += 1
      } else if patternAt < name.count, name[patternAt] == "?" || name[patternAt] == text[at] {
        patternAt += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        patternAt = last.pattern + 1
        at = last.text + 1
      } else {
        return false
      }
    }
    return name[patternAt...].allSatisfy { $0 == "*" }
  }
}
