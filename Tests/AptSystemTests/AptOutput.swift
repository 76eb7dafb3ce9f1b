/// What apt's own commands say, parsed: the third-party truth for the collector.
enum AptOutput {
  /// What one line of `apt-get -s dist-upgrade` or `apt list --upgradable` is about.
  struct Line: Hashable, Comparable, CustomStringConvertible {
    var name: String
    var from: String?
    var to: String?
    var description: String { "\(name) \(from ?? "-") -> \(to ?? "-")" }
    static func < (left: Line, right: Line) -> Bool { left.description < right.description }
  }

  /// `Inst NAME [OLD] (NEW ORIGIN [ARCH])` and `Remv NAME [OLD]`, without the Conf lines.
  static func simulated(_ options: [String] = []) throws -> Set<Line> {
    let output = try Command.output(["apt-get", "-s", "-q"] + options + ["dist-upgrade"])
    return Set(output.split(separator: "\n").compactMap { simulatedLine($0.split(separator: " ").map(String.init)) })
  }

  private static func simulatedLine(_ words: [String]) -> Line? {
    guard words.count > 2, ["Inst", "Remv"].contains(words[0]) else { return nil }
    let old = words[2].hasPrefix("[") ? String(words[2].dropFirst().prefix { $0 != "]" }) : nil
    guard words[0] == "Inst" else { return Line(name: words[1], from: old, to: nil) }
    let new = words.first { $0.hasPrefix("(") }.map { String($0.dropFirst()) }
    return Line(name: words[1], from: old, to: new)
  }

  /// `NAME/SUITES NEW ARCH [upgradable from: OLD]`.
  static func upgradable(_ options: [String] = []) throws -> Set<Line> {
    let output = try Command.output(["apt"] + options + ["list", "--upgradable"])
    return Set(
      output.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 6, let name = words[0].split(separator: "/").first else { return nil }
        return Line(name: String(name), from: String(words[5].dropLast()), to: words[1])
      })
  }
}
