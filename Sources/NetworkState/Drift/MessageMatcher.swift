/// Finds the messages of two tables that the other has not.
///
/// Made for two tables of a million messages that are nearly the same and nearly in the same order: they are walked
/// side by side, comparing bytes, and only what does not find its like nearby is looked up by a hash.
struct MessageMatcher {
  /// How far ahead a message's like is looked for.
  private static let window = 16
  /// The same for what is the same only in its significant form, which takes longer to tell.
  private static let nearWindow = 4
  /// After so many failures to find likes nearby, only identical bytes are looked for.
  private static let patience = 10_000

  /// How far ahead a like is looked for if it is not near: a whole table of routes may have come or gone.
  private static let farWindow = 1 << 20

  private let before: MessageReader
  private let after: MessageReader
  private var failures = 0
  /// Comparisons that may still be made far ahead, so that two tables without likeness do not take forever.
  private var farComparisons = 1 << 24
  private var onlyBefore: [UInt32] = []
  private var onlyAfter: [UInt32] = []
  private var beforeForm: [UInt8] = []
  private var afterForm: [UInt8] = []

  init(before: MessageReader, after: MessageReader) {
    self.before = before
    self.after = after
  }

  /// The places of the messages that have no like in the other table, in order.
  mutating func match() -> (onlyBefore: [UInt32], onlyAfter: [UInt32]) {
    walk()
    matchLeftovers()
    return (onlyBefore, onlyAfter)
  }

  private mutating func walk() {
    var i = 0
    var j = 0
    while i < before.count, j < after.count {
      if isSame(i, j) {
        i += 1
        j += 1
        continue
      }
      let (skippedBefore, skippedAfter) = resynchronize(i, j)
      for _ in 0..<skippedBefore { onlyBefore.append(UInt32(i)); i += 1 }
      for _ in 0..<skippedAfter { onlyAfter.append(UInt32(j)); j += 1 }
    }
    onlyBefore += (UInt32(i)..<UInt32(before.count))
    onlyAfter += (UInt32(j)..<UInt32(after.count))
  }

  /// How many messages to pass over on each side until both are at the same again; one each if that is not near.
  private mutating func resynchronize(_ i: Int, _ j: Int) -> (Int, Int) {
    for distance in 1...Self.window {
      if isIdentical(i + distance, j) { return (distance, 0) }
      if isIdentical(i, j + distance) { return (0, distance) }
    }
    for distance in 1...Self.window where isIdentical(i + distance, j + distance) { return (distance, distance) }
    if let far = lookFar(i, j) { return far }
    guard failures < Self.patience else { return (1, 1) }
    for distance in 1...Self.nearWindow {
      if i + distance < before.count, isSame(i + distance, j) { return (distance, 0) }
      if j + distance < after.count, isSame(i, j + distance) { return (0, distance) }
    }
    failures += 1
    return (1, 1)
  }

  private mutating func lookFar(_ i: Int, _ j: Int) -> (Int, Int)? {
    var distance = Self.window + 1
    while distance < Self.farWindow, farComparisons > 0, i + distance < before.count || j + distance < after.count {
      farComparisons -= 2
      if isIdentical(i + distance, j) { return (distance, 0) }
      if isIdentical(i, j + distance) { return (0, distance) }
      distance += 1
    }
    return nil
  }

  private func isIdentical(_ i: Int, _ j: Int) -> Bool {
    guard i < before.count, j < after.count else { return false }
    return before.message(at: i).dropHeader.isIdentical(to: after.message(at: j).dropHeader)
  }

  /// Whether two messages say the same.
  private mutating func isSame(_ i: Int, _ j: Int) -> Bool {
    let first = before.message(at: i)
    let second = after.message(at: j)
    if first.dropHeader.isIdentical(to: second.dropHeader) { return true }
    // Most that differ do so in their first attributes; only those of the same size can differ in passing things.
    guard first.count == second.count else { return false }
    guard let one = before.frame(at: i), let other = after.frame(at: j), one.header.type == other.header.type else {
      return false
    }
    beforeForm.removeAll(keepingCapacity: true)
    afterForm.removeAll(keepingCapacity: true)
    SignificantForm.append(one, to: &beforeForm)
    SignificantForm.append(other, to: &afterForm)
    return beforeForm == afterForm
  }

  /// Matches what the walk left, in any order.
  private mutating func matchLeftovers() {
    guard !onlyBefore.isEmpty, !onlyAfter.isEmpty else { return }
    var places: [[UInt8]: [UInt32]] = [:]
    for place in onlyBefore { places[form(before, place), default: []].append(place) }
    var matched: Set<UInt32> = []
    var unmatched = onlyAfter
    unmatched.removeAll { place in
      let form = form(after, place)
      guard var candidates = places[form], let first = candidates.first else { return false }
      candidates.removeFirst()
      places[form] = candidates.isEmpty ? nil : candidates
      matched.insert(first)
      return true
    }
    onlyAfter = unmatched
    onlyBefore.removeAll { matched.contains($0) }
  }

  private func form(_ reader: MessageReader, _ place: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    if let frame = reader.frame(at: Int(place)) { SignificantForm.append(frame, to: &bytes) }
    return bytes
  }
}

extension UnsafeRawBufferPointer {
  /// A message without its netlink header, which holds only who asked for it.
  fileprivate var dropHeader: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[Swift.min(NetlinkHeader.size, count)...])
  }

  /// Compares eight bytes at a time.
  fileprivate func isIdentical(to other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    var offset = 0
    while offset + 8 <= count {
      let mine = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard mine == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
      offset += 8
    }
    while offset < count {
      guard self[offset] == other[offset] else { return false }
      offset += 1
    }
    return true
  }
}
