import LedgerLog
import NetworkState
import NetworkSystem

/// What was lost and what is missing, in `ip`'s words: the first objects of each.
struct NetworkObjectNames: Sendable, Hashable {
  /// An entry of the ledger has a longest size, and a person reads no more.
  static let most = 50
  /// Unicode scalars of one object.
  private static let longest = 200

  var lost: [String] = []
  /// nil where they were not told apart.
  var missing: [String]?

  init() {}

  /// What a guard saw go.
  init(_ report: GuardReport) {
    let missing = report.missing
    var seen = Set(missing)
    let returned = report.events.filter { $0.kind == .returned }.compactMap(\.object).filter {
      seen.insert($0).inserted
    }
    let names = Names(report.baseline)
    // What is missing comes first: of more than fit it must not be what is left out.
    lost = names.of(missing + returned)
    self.missing = names.of(missing)
  }

  /// What a plan brings back to `snapshot`.
  init(_ plan: RestorePlan, of snapshot: NetworkSnapshot) {
    let steps = plan.steps.filter { $0.action != .delete }
    lost = Names(snapshot).of(steps.map { GuardedObject($0.kind, $0.place) })
  }

  /// Objects of one snapshot by name.
  private struct Names {
    let snapshot: NetworkSnapshot
    let describer: ObjectDescriber

    init(_ snapshot: NetworkSnapshot) {
      self.snapshot = snapshot
      describer = ObjectDescriber(names: NumberNameFiles.read(), of: snapshot)
    }

    func of(_ objects: [GuardedObject]) -> [String] {
      objects.prefix(NetworkObjectNames.most).compactMap { object in
        guard let message = try? snapshot[object.kind][object.place] else { return nil }
        let line = "\(object.kind.rawValue) \(describer.describeAlone(message).line(of: object.kind))"
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(NetworkObjectNames.longest)))
      }
    }
  }
}

extension NetworkRecord {
  /// The same with the objects by name.
  func naming(_ names: NetworkObjectNames) -> NetworkRecord {
    var record = self
    record.objects = names.lost
    record.missingObjects = names.missing ?? (missing == 0 ? [] : nil)
    return record
  }
}
