/// Where in the nest of conditions, loops and shells the run is.
struct ShellNesting {
  /// A shell inside a shell.
  enum Kind {
    /// `( ... )`, or the last command of a pipeline: its status is the command's.
    case subshell
    /// Another shell, such as `sh -c`: its status is the command's, and it starts anew.
    case script
    /// A command of a pipeline before the last, or one in the background: no one asks for its status.
    case unheeded
    /// `$( ... )`. Whether `set -e` holds in it differs between shells.
    case substitution
  }

  /// Conditions around: where `set -e` does not stop.
  var conditions = 0
  /// Loops around, within the function or shell.
  var loops = 0
  /// Whether the script fails if the shell that runs here ends with a failure.
  var failureIsOfScript = true

  /// Inside a shell of this kind that is started where `set -e` holds or not.
  func inside(_ kind: Kind, stopsOnError: Bool) -> ShellNesting {
    var result = self
    result.loops = 0
    switch kind {
    case .subshell, .script: result.failureIsOfScript = failureIsOfScript && conditions == 0 && stopsOnError
    case .unheeded, .substitution: result.failureIsOfScript = false
    }
    switch kind {
    case .subshell, .unheeded: break
    case .script, .substitution: result.conditions = 0
    }
    return result
  }
}
