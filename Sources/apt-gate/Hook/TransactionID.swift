import GateModel
import Glibc

/// Names for transactions: they sort by time, and no two on a node are the same.
enum TransactionID {
  static func make(at time: Timestamp = .now) -> String {
    let digits = time.description.filter { $0.isNumber || $0 == "T" }
    return "\(digits)Z-\(getpid())"
  }

  /// The name of the run that a process is.
  static func run(_ process: ProcessIdentity, boot: String) -> String {
    "\(boot.prefix(8))-\(process.pid)-\(process.start)"
  }
}
