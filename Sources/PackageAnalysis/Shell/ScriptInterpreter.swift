import GateModel

/// Reads maintainer scripts and says what they would do, without running them.
///
/// An abstract interpreter for POSIX shell and the parts of bash that maintainer scripts use. It evaluates what can be
/// known (the words dpkg passes, constants, version comparisons, the package's own files), follows functions, sourced
/// files and scripts, and where it cannot know takes every way; what is reached only on some is `possible`. What it
/// cannot follow becomes an `unknown` effect.
///
/// `certain` means: on every way on which the script succeeds. What is taken for granted:
/// - Under `set -e` a command that is no condition succeeds, else the script fails as a whole. It may fail where the
///   script outlives it: in a pipeline before the last command, in the background, in a command substitution, and in a
///   subshell that is a condition.
/// - A variable in lower case that the script never sets is unset; any other comes from the environment.
/// - Redirections succeed, no writer to a pipe is killed, and no signal comes but may come where it is trapped.
/// - `/run/systemd/system` and what every node with dpkg has are there; the package's own files are in postinst and
///   prerm. Any other file may be there or not.
/// - The script runs in dash or bash; where they differ, both ways are taken.
///
/// Source of the calling conventions: Debian Policy,
/// sections 6.3 and 6.5; of dpkg's environment: dpkg(1).
public struct ScriptInterpreter {
  private let files: any NodeFiles

  /// `files` are read where a script sources or runs them.
  public init(files: any NodeFiles) {
    self.files = files
  }

  /// What `invocation` would do. Never fails: what cannot be read is in the report.
  public func report(of invocation: ScriptInvocation) -> ScriptReport {
    let contents = invocation.contents
    let script = invocation.script
    let name = "\(contents.name).\(script.name.rawValue)"
    let run = ScriptRun(contents: contents, node: files, filesAreUnpacked: script.name.runsWithFilesUnpacked)
    let file = ScriptFile(name: name, bytes: script.bytes, basis: contents.basis)
    guard !script.bytes.isEmpty else { return ScriptReport() }
    guard ShellInterpreterLine.isShell(script.bytes) else {
      let interpreter = ShellInterpreterLine.interpreter(of: script.bytes)
      run.frames = [.init(file: file, line: 1)]
      let what = interpreter.map { "is not a shell script but one for `\($0)`" } ?? "is a program, not a script"
      run.reportUnknown(what, state: ScriptState())
      return run.findings.report
    }
    run.runShell(file: file, bytes: script.bytes, state: initialState(invocation))
    return run.findings.report
  }

  private func initialState(_ invocation: ScriptInvocation) -> ScriptState {
    var state = ScriptState()
    state.stopsOnError = Answer(ShellInterpreterLine.stopsOnError(invocation.script.bytes))
    state.positional = invocation.arguments.map { AbstractValue($0) }
    state.variables = [
      "DPKG_ROOT": AbstractValue(""),
      "DPKG_MAINTSCRIPT_PACKAGE": AbstractValue(invocation.contents.name),
      "DPKG_MAINTSCRIPT_NAME": AbstractValue(invocation.script.name.rawValue),
      "DPKG_MAINTSCRIPT_ARCH": AbstractValue(invocation.contents.architecture),
      "DPKG_ADMINDIR": AbstractValue("/var/lib/dpkg"),
    ]
    return state
  }
}

extension MaintainerScript.Name {
  /// Whether the version that the script belongs to has its files on the node while it runs. Source: Debian Policy,
  /// section 6.5.
  var runsWithFilesUnpacked: Bool {
    switch self {
    case .postinst, .prerm: true
    case .preinst, .postrm, .config: false
    }
  }
}
