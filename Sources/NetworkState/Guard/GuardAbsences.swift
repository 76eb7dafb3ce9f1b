/// The protected objects that are not there, and why.
struct GuardAbsences: Sendable {
  struct Absence {
    enum Cause { case asked, waiting, left }

    var cause: Cause
    /// When it went.
    var since: Int64
  }

  private(set) var all: [GuardedObject: Absence] = [:]
  /// Those whose cause is `waiting`.
  private(set) var waiting: Set<GuardedObject> = []

  init() { all.reserveCapacity(1 << 12) }

  /// Nil for what is there.
  subscript(object: GuardedObject) -> Absence? {
    get { all[object] }
    set {
      let before = all[object]?.cause
      all[object] = newValue
      if newValue?.cause == .waiting {
        waiting.insert(object)
      } else if before == .waiting {
        waiting.remove(object)
      }
    }
  }

  /// Notes that it is there, and returns why it was not.
  mutating func remove(_ object: GuardedObject) -> Absence? {
    guard let absence = all.removeValue(forKey: object) else { return nil }
    if absence.cause == .waiting { waiting.remove(object) }
    return absence
  }
}
