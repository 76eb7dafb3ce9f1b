import Glibc

/// The most memory that this process, or a child of it, had.
enum Memory {
  /// MiB.
  static var most: Int { maximum(RUSAGE_SELF) }
  static var mostOfChildren: Int { maximum(RUSAGE_CHILDREN) }

  private static func maximum(_ whose: __rusage_who) -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(whose.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
