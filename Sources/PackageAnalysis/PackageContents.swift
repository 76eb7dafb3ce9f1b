public import GateModel

/// One binary package at one version, taken apart as far as the analysis needs it.
public struct PackageContents: Sendable {
  public var name: String
  public var architecture: String
  public var version: PackageVersion
  public var source: String
  /// `.candidate` if read from a new .deb, `.installed` if read from dpkg's database.
  public var basis: EvidenceBasis
  public var scripts: [MaintainerScript.Name: MaintainerScript]
  /// Absolute paths, such as `/usr/lib/systemd/system/ssh.service`, without directories, in package order.
  public var files: [PackagedFile]
  public var conffiles: [Conffile]
  public var triggers: [TriggerDeclaration]
  /// Contents of small text files of the package that a script may source or run, by absolute path.
  public var texts: [String: [UInt8]]
  /// The text of its Debian changelog, from the newest entry as far as it was read; nil if it has none.
  public var changelog: [UInt8]?
  /// What was repaired or left out while the package was read, in one line each.
  public var notes: [String]

  public init(
    name: String, architecture: String, version: PackageVersion, source: String, basis: EvidenceBasis,
    scripts: [MaintainerScript.Name: MaintainerScript] = [:], files: [PackagedFile] = [],
    conffiles: [Conffile] = [], triggers: [TriggerDeclaration] = [], texts: [String: [UInt8]] = [:],
    notes: [String] = []
  ) {
    self.name = name
    self.architecture = architecture
    self.version = version
    self.source = source
    self.basis = basis
    self.scripts = scripts
    self.files = files
    self.conffiles = conffiles
    self.triggers = triggers
    self.texts = texts
    self.notes = notes
  }
}

/// A script that dpkg runs. Source: Debian Policy, chapter 6.
public struct MaintainerScript: Sendable, Hashable {
  public enum Name: String, Sendable, Hashable, CaseIterable {
    case preinst, postinst, prerm, postrm, config
  }

  public var name: Name
  /// The script as it stands in the package; not necessarily text.
  public var bytes: [UInt8]

  public init(name: Name, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A file or link of a package.
public struct PackagedFile: Sendable, Hashable {
  /// Absolute, with no `.` or `..` in it.
  public var path: String
  /// Target of a symbolic link, as written; nil for a regular file.
  public var linkTarget: String?

  public init(path: String, linkTarget: String? = nil) {
    self.path = path
    self.linkTarget = linkTarget
  }
}

/// A configuration file that dpkg keeps the administrator's changes of.
public struct Conffile: Sendable, Hashable {
  public var path: String
  /// MD5 in hexadecimal of the file as the package ships it; nil if it was not read.
  public var packagedDigest: String?
  /// MD5 in hexadecimal of the file as it is on the node; nil if it is not there or was not looked at.
  public var nodeDigest: String?

  public init(path: String, packagedDigest: String?, nodeDigest: String? = nil) {
    self.path = path
    self.packagedDigest = packagedDigest
    self.nodeDigest = nodeDigest
  }
}

/// A line of a package's `triggers` control file. Source: `deb-triggers(5)`.
public struct TriggerDeclaration: Sendable, Hashable {
  public enum Directive: String, Sendable, Hashable, CaseIterable {
    case interest, activate
    case interestAwait = "interest-await"
    case interestNoawait = "interest-noawait"
    case activateAwait = "activate-await"
    case activateNoawait = "activate-noawait"

    public var isInterest: Bool { rawValue.hasPrefix("interest") }
  }

  public var directive: Directive
  /// A name, or for a file trigger an absolute path.
  public var trigger: String

  public init(directive: Directive, trigger: String) {
    self.directive = directive
    self.trigger = trigger
  }
}

/// An installed package that wants to be triggered.
public struct TriggerInterest: Sendable, Hashable {
  /// The package's name, not qualified by an architecture.
  public var package: String
  /// dpkg's name of the package's architecture.
  public var architecture: String
  /// A name, or for a file trigger an absolute path: every file below it counts.
  public var trigger: String

  public init(package: String, architecture: String, trigger: String) {
    self.package = package
    self.architecture = architecture
    self.trigger = trigger
  }
}
