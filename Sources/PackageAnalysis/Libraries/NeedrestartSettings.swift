/// How needrestart is set up on a node, and whether apt calls it.
///
/// Source: needrestart(1), needrestart's own default configuration, versions 3.4 to 3.11; its apt hook.
public struct NeedrestartSettings: Sendable, Hashable {
  /// Whether services are restarted. Source: needrestart(1), `-r`.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    case list = "l"
    case interactive = "i"
    case automatic = "a"
  }

  /// A setting that may stand in a configuration that is not understood.
  public enum Setting<Value: Sendable & Hashable>: Sendable, Hashable {
    case known(Value)
    /// Where the statement stands that may change it.
    case unknown(place: String)
  }

  /// A pattern for units, and whether those that match are restarted.
  public struct Override: Sendable, Hashable {
    public var pattern: String
    public var ignoresCase: Bool
    public var restarts: Bool

    public init(pattern: String, ignoresCase: Bool = false, restarts: Bool) {
      self.pattern = pattern
      self.ignoresCase = ignoresCase
      self.restarts = restarts
    }
  }

  /// Whether apt runs it after dpkg.
  public var isInstalled: Bool
  /// `NEEDRESTART_SUSPEND` is set.
  public var isSuspended: Bool
  public var mode: Setting<Mode>
  /// Whether units that no override names are left out: `$nrconf{defno}`.
  public var leavesByDefault: Setting<Bool>
  /// `$nrconf{override_rc}`; Perl tries them in no order.
  public var overrides: Setting<[Override]>
  /// `$nrconf{blacklist_rc}`: patterns of units that are left alone.
  public var ignoredUnits: Setting<[Override]>
  /// `$nrconf{blacklist}`: patterns of programs that are passed over.
  public var ignoredPrograms: Setting<[Override]>
  /// `$nrconf{blacklist_mappings}`: patterns of mapped files that are passed over.
  public var ignoredFiles: Setting<[Override]>
  /// Units that a script in `restart.d` restarts in its own way.
  public var ownScripts: Set<String>

  public init(
    isInstalled: Bool, isSuspended: Bool = false, mode: Setting<Mode> = .known(.interactive),
    leavesByDefault: Setting<Bool> = .known(false), overrides: Setting<[Override]> = .known([]),
    ignoredUnits: Setting<[Override]> = .known([]), ignoredPrograms: Setting<[Override]> = .known([]),
    ignoredFiles: Setting<[Override]> = .known([]), ownScripts: Set<String> = []
  ) {
    self.isInstalled = isInstalled
    self.isSuspended = isSuspended
    self.mode = mode
    self.leavesByDefault = leavesByDefault
    self.overrides = overrides
    self.ignoredUnits = ignoredUnits
    self.ignoredPrograms = ignoredPrograms
    self.ignoredFiles = ignoredFiles
    self.ownScripts = ownScripts
  }

  /// A node without needrestart.
  public static let absent = NeedrestartSettings(isInstalled: false)
}
