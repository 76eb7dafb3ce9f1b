internal import CNetlink
import Glibc

/// What makes the guard quick on a busy node: memory that stays, and a place before other processes.
enum RealTimeConditions {
  /// Asks for all of it and returns what was not allowed, one sentence each.
  static func enter() -> [String] {
    var refusals: [String] = []
    note(cgd_lock_memory(), "memory is not locked", to: &refusals)
    let scheduled = cgd_schedule_first()
    if scheduled == 0 { return refusals }
    note(scheduled, "no real-time scheduling", to: &refusals)
    note(cgd_nice(), "no higher priority", to: &refusals)
    return refusals
  }

  private static func note(_ result: Int32, _ what: String, to refusals: inout [String]) {
    if result < 0 { refusals.append("\(what): \(String(cString: strerror(-result)))") }
  }
}
