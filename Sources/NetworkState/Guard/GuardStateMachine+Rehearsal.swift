extension GuardStateMachine {
  /// Lets a copy go through a deletion of some objects of each kind, and what follows from it, and returns what it asked
  /// for. Nothing of this machine changes.
  ///
  /// What a process does for the first time takes it hundreds of microseconds: symbols are bound, types are put together,
  /// pages are touched. The guard has that behind it when it matters.
  public func rehearsed() -> [GuardRequest] {
    var copy = self
    copy.owners = [UInt32.max: .networkd]
    return GuardIndex.kinds.flatMap { kind in
      (0..<min(3, baseline[kind].count)).flatMap { copy.rehearse(baseline[kind].messageBytes(at: $0)) }
    }
  }

  /// Its deletion by a port that stands for networkd, the answers that the kernel may give, and its announcement.
  private mutating func rehearse(_ announcement: [UInt8]) -> [GuardRequest] {
    guard announcement.count >= NetlinkHeader.size else { return [] }
    var deletion = announcement
    deletion[4] += 1
    for place in 12..<16 { deletion[place] = 0xFF }
    guard case .putBack(let requests) = deletion.withUnsafeBytes({ notified($0, at: takenAt) }) else { return [] }
    for errno: Int32 in [101, 0] {
      _ = answered(requests.map { GuardAnswer($0.object, errno: errno, at: takenAt) }, at: takenAt)
    }
    _ = announcement.withUnsafeBytes { notified($0, at: takenAt) }
    return requests
  }
}
