/// Finds the name that was probably meant.
enum Spelling {
  /// The nearest of the known names, where it is near enough to be a slip: a third of its letters at most.
  static func nearest(to name: String, in known: some Sequence<String>) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let letters = Array(name.utf8)
    let ranked = known.filter { $0.utf8.count <= 64 && $0 != name }.map { (distance(letters, Array($0.utf8)), $0) }
    guard let best = ranked.min(by: { ($0.0, $0.1) < ($1.0, $1.1) }) else { return nil }
    return best.0 <= max(1, letters.count / 3) ? best.1 : nil
  }

  /// Levenshtein's distance.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (row, letter) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        let replaced = previous[column] + (letter == other ? 0 : 1)
        current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
