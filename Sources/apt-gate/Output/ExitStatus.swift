import GateModel

/// What the process's exit code says, the same in every command.
enum ExitStatus: Int32, Sendable, Hashable {
  /// Done; nothing is held.
  case done = 0
  /// It could not be done.
  case failed = 1
  /// Done; something is held.
  case held = 2
  /// A check, test or verification failed.
  case checkFailed = 3
  /// A fact or policy needed for a verdict was missing or broken.
  case undetermined = 4
  /// Wrong usage. Source: `EX_USAGE` of sysexits.h.
  case usage = 64

  /// The status of a check whose strictest verdict is `verdict`.
  init(strictest verdict: Verdict) {
    self = verdict == .undetermined ? .undetermined : verdict.isHeld ? .held : .done
  }
}
