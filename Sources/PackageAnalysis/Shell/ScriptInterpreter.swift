import GateModel

/// Reads maintainer scripts and says what they would do, without running them.
public struct ScriptInterpreter {
  private let files: any NodeFiles

  public init(files: any NodeFiles) {
    self.files = files
  }

  /// What `invocation` would do.
  public func report(of invocation: ScriptInvocation) -> ScriptReport {
    ScriptReport()
  }
}
