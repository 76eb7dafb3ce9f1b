import Foundation
import Glibc

/// Processor time in seconds: unlike the time that passes it says something on a busy machine, too.
enum ProcessorTime {
  /// Of children that have ended.
  static var ofChildren: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000 }
  }

  /// Of a process that runs; 0 if there is none. Source: proc_pid_stat(5), fields 14 and 15.
  static func of(_ process: Int32?) -> Double {
    guard let process, let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = line.lastIndex(of: ")")
    else { return 0 }
    // The first field after the name is the third.
    let fields = line[line.index(after: name)...].split(separator: " ")
    guard fields.count > 12 else { return 0 }
    return (Double(fields[11]) ?? 0) / 100 + (Double(fields[12]) ?? 0) / 100
  }
}
