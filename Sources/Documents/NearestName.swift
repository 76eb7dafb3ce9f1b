/// Finds what a person probably meant to write.
public enum NearestName {
  /// The one of `names` that is closest to `name`, if it is close; the first in order among equals.
  public static func of(_ name: String, in names: some Sequence<String>) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let limit = max(1, name.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in names.sorted() {
      let distance = distance(from: Array(name.lowercased()), to: Array(candidate.lowercased()))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// A sentence that proposes the nearest of `names`, or lists them all if none is near.
  public static func suggestion(for name: String, in names: [String]) -> String {
    if let nearest = of(name, in: names) { return "did you mean `\(nearest)`?" }
    return "one of: " + names.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour.
  private static func distance(from left: [Character], to right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        let substitution = previous[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(previous[j + 1] + 1, current[j] + 1, substitution)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, beforePrevious[j - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
