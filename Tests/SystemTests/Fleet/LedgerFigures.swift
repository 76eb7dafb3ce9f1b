import Foundation

/// What a ledger's entries come to, counted from their JSON alone: with nothing of apt-gate's code.
struct LedgerFigures: Equatable {
  var entries = 0
  /// `SOURCE=VERSION` that the last sync pinned.
  var held: Set<String> = []
  var approvals = 0
  var vetoes = 0
  /// Runs of dpkg, and those of them that completed.
  var transactions = 0
  var completed = 0
  /// Runs of dpkg before which effects were predicted for something that they brought.
  var predicted = 0
  var lost = 0
  var restored = 0
  var missing = 0
  var owed: Set<String> = []

  init(entries text: String) throws {
    var runs: [String: Set<String>] = [:]
    var withEffects: Set<String> = []
    for line in text.split(separator: "\n") {
      guard let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let kind = entry["kind"] as? String, let body = entry["body"] as? [String: Any]
      else { throw LabError.missing("a line of the export is no entry: \(line.prefix(200))") }
      entries += 1
      let transaction = body["transaction"] as? String ?? ""
      switch kind {
      case "approval": approvals += 1
      case "veto": vetoes += 1
      case "sync": held = Set(body["pinned"] as? [String] ?? [])
      case "decision":
        if body["effects"] is [Any], let version = Self.version(body["change"]) { withEffects.insert(version) }
      case "transaction-intent":
        runs[transaction, default: []].formUnion((body["changes"] as? [Any] ?? []).compactMap(Self.version))
      case "transaction-outcome":
        if body["result"] as? String == "completed" { completed += 1 }
        count(body["network"])
      case "restart-outcome":
        count(body["network"])
        owed.subtract(body["settled"] as? [String] ?? [])
      case "owed-restart": owed.insert(body["unit"] as? String ?? "")
      case "sweep": owed.subtract(body["settled"] as? [String] ?? [])
      default: continue
      }
    }
    transactions = runs.count
    predicted = runs.values.count { !$0.isDisjoint(with: withEffects) }
  }

  private static func version(_ change: Any?) -> String? {
    guard let change = change as? [String: Any], let source = change["source"] as? String,
      let to = change["to"] as? String
    else { return nil }
    return "\(source)=\(to)"
  }

  private mutating func count(_ network: Any?) {
    guard let network = network as? [String: Any] else { return }
    lost += network["lost"] as? Int ?? 0
    restored += network["restored"] as? Int ?? 0
    missing += network["missing"] as? Int ?? 0
  }
}
