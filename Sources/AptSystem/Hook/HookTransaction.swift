/// What apt is about to hand to dpkg, as it tells its `DPkg::Pre-Install-Pkgs` hooks.
///
/// Source: `SendPkgsInfo` in apt 2.6's apt-pkg/deb/dpkgpm.cc, and `apt.conf(5)`, section "how apt calls dpkg".
public struct HookTransaction: Sendable, Hashable {
  /// The protocol's version that apt spoke: 1, 2 or 3.
  public var protocolVersion: Int
  /// apt's whole configuration; empty in version 1.
  public var configuration: HookConfiguration
  /// The lines as they came, in dpkg's order.
  public var actions: [HookAction]
  /// What could not be understood, in one line each. If there is any, a gated package may hide behind it.
  public var problems: [String]

  public init(
    protocolVersion: Int, configuration: HookConfiguration = HookConfiguration(), actions: [HookAction] = [],
    problems: [String] = []
  ) {
    self.protocolVersion = protocolVersion
    self.configuration = configuration
    self.actions = actions
    self.problems = problems
  }

  /// Whether apt only shows what it would run: `unattended-upgrade --dry-run` sets that, and hooks run all the same.
  public var isDryRun: Bool { configuration.isOn("Debug::pkgDPkgPM") }

  /// The packages of the transaction, each once, in the order in which they first appear.
  public var packages: [HookPackage] {
    var order: [HookPackage.Key] = []
    var byKey: [HookPackage.Key: HookPackage] = [:]
    for action in actions {
      let package = HookPackage(action)
      if byKey[package.key]?.merge(package) == nil {
        byKey[package.key] = package
        order.append(package.key)
      }
    }
    return order.compactMap { byKey[$0] }
  }
}

/// One line of the stream: one thing that dpkg is told to do.
public struct HookAction: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    /// The .deb at this path is unpacked.
    case unpack(path: String)
    case configure
    case remove
    /// apt has no file for a package that it wants to unpack.
    case error
  }

  /// Not qualified by an architecture; empty in version 1.
  public var name: String
  /// nil if nothing is installed.
  public var from: HookVersion?
  /// nil if nothing will be.
  public var to: HookVersion?
  public var step: Step

  public init(name: String, from: HookVersion?, to: HookVersion?, step: Step) {
    self.name = name
    self.from = from
    self.to = to
    self.step = step
  }
}

/// A version as a line of the stream names it.
public struct HookVersion: Sendable, Hashable {
  public var version: String
  /// nil in version 2, which does not say it.
  public var architecture: String?

  public init(version: String, architecture: String? = nil) {
    self.version = version
    self.architecture = architecture
  }
}
