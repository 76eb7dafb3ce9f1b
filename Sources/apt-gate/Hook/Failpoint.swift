import Glibc

/// A named step at which a test makes a process die, stop or fail: `APT_GATE_FAILPOINT=NAME:WHAT`.
///
/// Only who may set the environment of apt's hooks, root, reaches it, and all it can do is to stop apt-gate at a step,
/// as a `kill` can: the hook that ends early is refused by apt, so no failpoint lets anything through. It is not there
/// for programs that gained privileges.
enum Failpoint {
  static let variable = "APT_GATE_FAILPOINT"

  struct Reached: Error, CustomStringConvertible {
    var name: String
    var description: String { "failpoint `\(name)`" }
  }

  /// Does what the environment asks for at the step `name`: `kill`, `stop` (SIGSTOP), `hang` or, for steps that may
  /// throw, `error`.
  static func reach(_ name: String) {
    switch action(at: name) {
    case "kill": kill(getpid(), SIGKILL)
    case "stop": kill(getpid(), SIGSTOP)
    case "hang": while true { sleep(3600) }
    default: break
    }
  }

  static func reachOrThrow(_ name: String) throws {
    reach(name)
    if action(at: name) == "error" { throw Reached(name: name) }
  }

  private static func action(at name: String) -> Substring? {
    guard getuid() == geteuid(), let text = Environment.value(of: variable), let colon = text.lastIndex(of: ":"),
      text[..<colon] == name
    else { return nil }
    return text[text.index(after: colon)...]
  }
}
