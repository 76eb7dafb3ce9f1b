import Foundation
import Synchronization

/// Held while a process is started.
private let starting = Mutex(())

extension Process {
  /// Starts it while no other is started. Foundation learns of a process's end from a descriptor that only that process
  /// should have; one that is started at the same moment has it too, and the end is not seen before that one ends as well.
  func start() throws { try starting.withLock { _ in try run() } }

  /// Whether it still runs, by `/proc`: Foundation learns of the end from a descriptor that processes started at the same
  /// moment may have inherited, so that `isRunning` and `waitUntilExit` go on until those end too.
  var lives: Bool {
    // While it does not know, nobody has reaped the process, and its number is nobody else's.
    guard isRunning, let stat = try? String(contentsOfFile: "/proc/\(processIdentifier)/stat", encoding: .utf8),
      let state = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].dropFirst(2).first
    else { return false }
    return state != "Z" && state != "X"
  }

  /// Waits for the end of a process that was told to; kills it after a minute.
  func end() {
    let limit = ContinuousClock.now + .seconds(60)
    while lives, .now < limit { usleep(20_000) }
    if lives { kill(processIdentifier, SIGKILL) }
  }
}
