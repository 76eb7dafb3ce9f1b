/// What apt would do to a package.
public enum ChangeAction: String, Sendable, Hashable, CaseIterable {
  case upgrade, install, remove, downgrade
}

/// One source package's pending update on this node.
public struct Change: Sendable, Hashable {
  /// The name of the source package.
  public var source: String
  /// The version that is installed; nil if nothing of the source is installed yet.
  public var from: PackageVersion?
  /// The version that would be installed; nil for a removal.
  public var to: PackageVersion?
  public var action: ChangeAction
  /// The binary packages that change, sorted by name and architecture. Never empty.
  public var binaries: [BinaryChange]

  public init(
    source: String, from: PackageVersion?, to: PackageVersion?, action: ChangeAction, binaries: [BinaryChange]
  ) {
    self.source = source
    self.from = from
    self.to = to
    self.action = action
    self.binaries = binaries
  }

  /// Every origin of every candidate, without repeats, in the order of the binaries.
  public var origins: [Origin] {
    var seen: Set<Origin> = []
    return binaries.flatMap(\.origins).filter { seen.insert($0).inserted }
  }

  /// Whether any candidate, or a version between it and the installed one, comes from a security pocket.
  public var isSecurity: Bool { binaries.contains(where: \.isSecurity) }

  /// Bytes to download.
  public var downloadSize: UInt64 { binaries.reduce(0) { $0 &+ $1.downloadSize } }
}

/// One binary package's part in a ``Change``.
public struct BinaryChange: Sendable, Hashable {
  public var name: String
  /// dpkg's name of the architecture, such as `amd64` or `all`.
  public var architecture: String
  public var from: PackageVersion?
  public var to: PackageVersion?
  public var action: ChangeAction
  /// Where the candidate can be had; empty for a removal.
  public var origins: [Origin]
  public var isSecurity: Bool
  public var phasing: Phasing?
  /// Size of the .deb in bytes; 0 for a removal.
  public var downloadSize: UInt64
  /// How many more bytes the package needs once installed; negative if it shrinks.
  public var installedSizeDelta: Int64

  public init(
    name: String, architecture: String, from: PackageVersion?, to: PackageVersion?, action: ChangeAction,
    origins: [Origin] = [], isSecurity: Bool = false, phasing: Phasing? = nil, downloadSize: UInt64 = 0,
    installedSizeDelta: Int64 = 0
  ) {
    self.name = name
    self.architecture = architecture
    self.from = from
    self.to = to
    self.action = action
    self.origins = origins
    self.isSecurity = isSecurity
    self.phasing = phasing
    self.downloadSize = downloadSize
    self.installedSizeDelta = installedSizeDelta
  }
}

/// Where a version can be had, as its Release file says.
public struct Origin: Sendable, Hashable {
  /// `Origin:` of the Release file, such as `Debian`.
  public var origin: String
  /// `Label:`, such as `Debian-Security`.
  public var label: String
  /// `Suite:` (apt also says archive), such as `stable-security`.
  public var suite: String
  /// `Codename:`, such as `bookworm-security`.
  public var codename: String
  /// The component, such as `main`.
  public var component: String
  /// The host that serves it; empty for a local file.
  public var site: String

  public init(origin: String, label: String, suite: String, codename: String, component: String, site: String) {
    self.origin = origin
    self.label = label
    self.suite = suite
    self.codename = codename
    self.component = component
    self.site = site
  }
}

/// A phased update: the archive offers it to a part of the machines first.
public struct Phasing: Sendable, Hashable {
  /// `Phased-Update-Percentage:`, 0 to 100.
  public var percentage: Int
  /// Whether apt on this machine takes part at that percentage.
  public var includesThisNode: Bool

  public init(percentage: Int, includesThisNode: Bool) {
    self.percentage = percentage
    self.includesThisNode = includesThisNode
  }
}

/// An installed package that has a newer candidate which apt would not install now.
public struct KeptBackPackage: Sendable, Hashable {
  public var source: String
  public var name: String
  public var architecture: String
  public var from: PackageVersion
  public var to: PackageVersion
  public var reason: KeptBackReason

  public init(
    source: String, name: String, architecture: String, from: PackageVersion, to: PackageVersion,
    reason: KeptBackReason
  ) {
    self.source = source
    self.name = name
    self.architecture = architecture
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// Why apt keeps a package back.
public enum KeptBackReason: Sendable, Hashable {
  /// A person put it on hold (`apt-mark hold`).
  case held
  /// The update is phased and this node is not in the phase.
  case phased(Phasing)
  /// Installing it would break something: each obstacle in apt's words, with the packages in the way.
  case dependencies([DependencyObstacle])
  /// apt did not say.
  case unknown
}

/// A relation that stops a candidate from being installed.
public struct DependencyObstacle: Sendable, Hashable {
  /// The package that states the relation, with its version.
  public var package: String
  /// The relation as in a control file, such as `Depends: libfoo (= 1.0)` or `Breaks: bar (<< 2)`.
  public var relation: String
  /// Installed packages that are in the way, sorted.
  public var inTheWay: [String]

  public init(package: String, relation: String, inTheWay: [String]) {
    self.package = package
    self.relation = relation
    self.inTheWay = inTheWay
  }
}

/// Everything that apt would do on this node now, and what it would leave.
public struct PendingChanges: Sendable, Hashable {
  /// Sorted by source.
  public var changes: [Change]
  /// Sorted by name.
  public var keptBack: [KeptBackPackage]
  /// What apt warned of while it read its lists, in apt's words.
  public var warnings: [String]

  public init(changes: [Change], keptBack: [KeptBackPackage], warnings: [String] = []) {
    self.changes = changes
    self.keptBack = keptBack
    self.warnings = warnings
  }
}
