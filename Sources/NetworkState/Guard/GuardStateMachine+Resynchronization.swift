/// A fresh snapshot takes the place of notifications that were lost.
///
/// Who deleted what is only in the notifications, and what is there only in the snapshot. So notifications go on being
/// noted before and after the snapshot is read; those of after are either in it already or newer than it, which nobody
/// can tell, so both is allowed for.
extension GuardStateMachine {
  /// Makes what is noted from now on wait for a fresh snapshot.
  public mutating func lookAgain() -> GuardAction {
    guard state != .ended else { return .nothing }
    state = .resynchronizing
    owed = []
    readingBegan = .max
    return .resynchronize
  }

  /// The snapshot is read from now on: all that was noted before is in it.
  public mutating func readingBegins(at time: Int64) {
    readingBegan = time
    owed = []
    suspectLinks = [:]
  }

  /// A fresh snapshot after an overrun: what is missing in it is asked for, also if others deleted it without that being
  /// seen, because who did is not known any more. What others were seen to delete stays deleted.
  public mutating func resynchronized(_ current: NetworkSnapshot, at time: Int64) -> GuardAction {
    guard state == .resynchronizing else { return .nothing }
    state = .watching
    let missing = objects(missingIn: current, at: time).filter { GuardIndex.kinds.contains($0.kind) }
      .sorted { ($0.kind.rawValue, $0.place) < ($1.kind.rawValue, $1.place) }
    noteReturns(except: Set(missing), time)
    for object in missing where absences[object] == nil {
      absences[object] = Absence(cause: .asked, since: time)
      record(.foundMissing, time, object)
    }
    defer { owed = [] }
    return putBack(missing + owed, time)
  }

  /// What is there again, save what was deleted after the reading began.
  private mutating func noteReturns(except missing: Set<GuardedObject>, _ time: Int64) {
    for (object, absence) in absences.all
    where absence.cause != .left && absence.since < readingBegan && !missing.contains(object) {
      absences[object] = nil
      record(.returned, time, object)
    }
  }
}
