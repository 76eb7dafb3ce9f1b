public import GateModel

/// One call of a tool that matters, as a maintainer script makes it: what the analysis claims would run.
public struct ScriptCall: Sendable, Hashable {
  /// The tool's base name, such as `systemctl`.
  public var tool: String
  /// The words after the tool; nil stands for a word that could not be known.
  public var arguments: [String?]
  public var certainty: Certainty
  public var evidence: Evidence

  public init(tool: String, arguments: [String?], certainty: Certainty, evidence: Evidence) {
    self.tool = tool
    self.arguments = arguments
    self.certainty = certainty
    self.evidence = evidence
  }
}

/// What one run of one maintainer script, or of several, would do.
public struct ScriptReport: Sendable, Hashable {
  /// In the order in which they were found, without repeats.
  public var effects: [Effect] = []
  /// Every call of a tool that matters, queries such as `systemctl is-active` among them.
  public var calls: [ScriptCall] = []
  /// Triggers that the script activates with `dpkg-trigger`.
  public var activatedTriggers: [String] = []

  public init() {}

  /// Adds what another run would do, without repeats.
  public mutating func add(_ other: ScriptReport) {
    effects += other.effects.filter { !effects.contains($0) }
    calls += other.calls.filter { !calls.contains($0) }
    activatedTriggers += other.activatedTriggers.filter { !activatedTriggers.contains($0) }
  }
}

/// How dpkg calls a maintainer script.
public struct ScriptInvocation: Sendable {
  public var script: MaintainerScript
  /// The words after the script's name, such as `["configure", "252.38-1~deb12u1"]`.
  public var arguments: [String]
  /// The package that the script belongs to, at the version of the script.
  public var contents: PackageContents

  public init(script: MaintainerScript, arguments: [String], contents: PackageContents) {
    self.script = script
    self.arguments = arguments
    self.contents = contents
  }
}
