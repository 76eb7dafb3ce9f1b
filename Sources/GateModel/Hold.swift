/// A decision made effective in apt: the versions of a source that apt passes over, and why.
public struct Hold: Sendable, Hashable {
  /// The name of the source package.
  public var source: String
  /// The versions of its binary packages that stay out; they differ from the source's where a binary has its own.
  public var versions: [PackageVersion]
  /// The verdict on the change itself; ``Verdict/allow`` or ``Verdict/shield`` where only ``heldBy`` keeps it back.
  public var verdict: Verdict
  /// The rules that gave the verdict, sorted.
  public var decidedBy: [String]
  /// Why, in one line.
  public var message: String?
  /// Who or what clears it, with the date where a time does.
  public var clearsWhen: String?
  /// Why the fleet's coordinator gave no slot when it was asked last, in its words; nil if nobody asked.
  public var waitsFor: String?
  /// The sources whose holds keep this one back, because they must move together; empty where its own verdict does.
  public var heldBy: [String]
  /// Since when the versions have been held without a break.
  public var since: Timestamp?

  public init(
    source: String, versions: [PackageVersion], verdict: Verdict, decidedBy: [String] = [], message: String? = nil,
    clearsWhen: String? = nil, waitsFor: String? = nil, heldBy: [String] = [], since: Timestamp? = nil
  ) {
    self.source = source
    self.versions = versions
    self.verdict = verdict
    self.decidedBy = decidedBy
    self.message = message
    self.clearsWhen = clearsWhen
    self.waitsFor = waitsFor
    self.heldBy = heldBy
    self.since = since
  }

  /// One pin for each version.
  public var pins: [Pin] { versions.map { Pin(source: source, version: $0) } }
}

/// A version of a source's binary packages, of every architecture, that apt is told to pass over.
public struct Pin: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var source: String
  public var version: PackageVersion

  public init(source: String, version: PackageVersion) {
    self.source = source
    self.version = version
  }

  public var description: String { "\(source) \(version)" }

  public static func < (left: Pin, right: Pin) -> Bool {
    (left.source, left.version.text) < (right.source, right.version.text)
  }
}

/// A binary package of one architecture.
public struct BinaryPackage: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var name: String
  /// dpkg's name of the architecture, such as `amd64` or `all`.
  public var architecture: String

  public init(name: String, architecture: String) {
    self.name = name
    self.architecture = architecture
  }

  public var description: String { "\(name):\(architecture)" }

  public static func < (left: BinaryPackage, right: BinaryPackage) -> Bool {
    (left.name, left.architecture) < (right.name, right.architecture)
  }
}

extension BinaryChange {
  /// The package that changes.
  public var package: BinaryPackage { BinaryPackage(name: name, architecture: architecture) }
}
