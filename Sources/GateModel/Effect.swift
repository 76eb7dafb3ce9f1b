/// What kind of thing an effect does to the node. The raw values are the `kind` of the JSON output.
public enum EffectKind: String, Sendable, Hashable, CaseIterable {
  /// A unit is restarted (`restart`, `try-restart`, `condrestart`, `reload-or-restart`).
  case restart
  /// A unit is stopped (`stop`, `disable --now`, `kill`).
  case stop
  /// A unit is started (`start`, `enable --now`).
  case start
  /// A unit reloads its configuration, or the manager its unit files.
  case reload
  /// The manager re-executes itself.
  case reexec
  /// The node must reboot for the change to be complete, or is rebooted.
  case reboot
  /// A kernel image, its initramfs or boot loader entry changes.
  case kernel
  /// udev rules or `.link` files change, or udev is told to reload or trigger.
  case udev
  /// Kernel parameters change (`sysctl.d`, `sysctl`), or modules to load.
  case sysctl
  /// Network configuration changes, or a command changes the network directly.
  case networkConfig = "network-config"
  /// A configuration file that the administrator changed has a new version in the package.
  case conffile
  /// Another package's postinst runs with `triggered`.
  case trigger
  /// Something that could not be resolved.
  case unknown
}

/// How sure it is that the effect happens when the change applies and succeeds.
public enum Certainty: String, Sendable, Hashable, CaseIterable {
  /// It happens whenever the change applies on this node.
  case certain
  /// It depends on something that was not known.
  case possible
}

/// What evidence rests on.
public enum EvidenceBasis: String, Sendable, Hashable, CaseIterable {
  /// Read from the new .deb.
  case candidate
  /// Assumed from the installed version's scripts and files.
  case installed
  /// Neither was at hand.
  case unknown
}

/// Where an effect was found.
public struct Evidence: Sendable, Hashable {
  public var basis: EvidenceBasis
  /// `PACKAGE.SCRIPT` for a maintainer script, such as `systemd.postinst`; otherwise a path.
  public var file: String
  /// Line in `file`, from 1; nil for evidence that is a path.
  public var line: Int?
  /// The line as it stands there, or what was seen.
  public var text: String?

  public init(basis: EvidenceBasis, file: String, line: Int? = nil, text: String? = nil) {
    self.basis = basis
    self.file = file
    self.line = line
    self.text = text
  }
}

/// What applying a change does to the node.
public struct Effect: Sendable, Hashable {
  public var kind: EffectKind
  /// The systemd unit with its suffix, such as `systemd-networkd.service`; nil if no unit is meant.
  public var unit: String?
  /// The call as made, such as `try-restart`; nil if no call is meant.
  public var verb: String?
  public var certainty: Certainty
  public var evidence: Evidence
  /// The binary package whose change brings it about.
  public var package: String
  /// One line for a person, where kind, unit and verb do not say enough, such as the new kernel's ABI.
  public var detail: String?

  public init(
    kind: EffectKind, unit: String? = nil, verb: String? = nil, certainty: Certainty, evidence: Evidence,
    package: String, detail: String? = nil
  ) {
    self.kind = kind
    self.unit = unit
    self.verb = verb
    self.certainty = certainty
    self.evidence = evidence
    self.package = package
    self.detail = detail
  }
}
