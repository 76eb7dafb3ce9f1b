import CoordinatorAPI
import GateEngine

extension TransactionResult {
  /// Objects that are named in a reason: it goes to who gives slots, and from there to everybody who waits.
  private static let mostNamed = 3
  private static let longestName = 120

  /// Why it is no success, in one line; `missing` are the first of the network's objects that it lost for good.
  func reason(missing: [String]) -> String {
    var parts = problems
    let gone = lost - restored
    if gone > 0 {
      let names = (0...2).flatMap { rank in missing.filter { Self.rank($0) == rank } }.prefix(Self.mostNamed)
        .map { String($0.prefix(Self.longestName)) }.joined(separator: ", ")
      let more = gone > Self.mostNamed && !names.isEmpty ? ", ..." : ""
      parts.insert(
        (gone == 1 ? "1 object of the network is lost" : "\(gone) objects of the network are lost")
          + (names.isEmpty ? "" : ": \(names)\(more)"), at: 0)
    }
    if !failedProbes.isEmpty { parts.append("probes failed: \(failedProbes.joined(separator: ", "))") }
    if end == .interrupted { parts.append("apt ended before dpkg was done") }
    return parts.isEmpty ? "it did not say why" : Reason.cut(parts.joined(separator: "; "))
  }

  /// Routes and rules that somebody set come first: they are what a person looks for. What the kernel sets itself for a link
  /// or an address follows from those.
  private static func rank(_ name: String) -> Int {
    guard name.hasPrefix("route") || name.hasPrefix("rule") else { return 2 }
    return name.contains(" proto kernel") ? 1 : 0
  }
}
