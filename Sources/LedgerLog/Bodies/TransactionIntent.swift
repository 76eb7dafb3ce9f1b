internal import GateModel

/// dpkg is about to run: what will change, and what protects the node meanwhile.
///
/// A large transaction is written as several entries with the same `transaction`, because an entry has a longest size.
public struct TransactionIntent: Sendable, Hashable {
  /// Names the transaction in later entries.
  public var transaction: String
  /// Which of `parts` this is, from 1.
  public var part: Int
  public var parts: Int
  /// What runs apt, as apt's history has it.
  public var command: String?
  public var policyDigest: String
  public var changes: [ChangeRecord]
  public var shieldedUnits: [String]
  /// The digest of the snapshot before.
  public var snapshot: String?

  public init(
    transaction: String, part: Int, parts: Int, command: String? = nil, policyDigest: String,
    changes: [ChangeRecord] = [], shieldedUnits: [String] = [], snapshot: String? = nil
  ) {
    self.transaction = transaction
    self.part = part
    self.parts = parts
    self.command = command
    self.policyDigest = policyDigest
    self.changes = changes
    self.shieldedUnits = shieldedUnits
    self.snapshot = snapshot
  }
}

extension TransactionIntent: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .string(transaction)), ("part", .number(part)), ("parts", .number(parts)),
      ("command", .text(command)), ("policyDigest", .string(policyDigest)), ("changes", .array(changes.map(\.json))),
      ("shieldedUnits", .strings(shieldedUnits)), ("snapshot", .text(snapshot))
    ).json
  }

  var sources: [String] { changes.map(\.source) }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.text("transaction"), part: try reader.number("part"), parts: try reader.number("parts"),
      command: try reader.optionalText("command"), policyDigest: try reader.text("policyDigest"),
      changes: try reader.objects("changes", ChangeRecord.init), shieldedUnits: try reader.texts("shieldedUnits"),
      snapshot: try reader.optionalText("snapshot"))
  }
}

extension TransactionIntent {
  /// How many changes one entry lists, so that it stays well below ``EntryBundle/longestEntry``.
  static let changesOfOneEntry = 100
  /// How many bytes of changes one entry lists; a change that is longer has one of its own.
  static let bytesOfOneEntry = 40_000

  /// The same intent as entries that are short enough; at least one.
  public var split: [TransactionIntent] {
    var groups: [[ChangeRecord]] = [[]]
    var size = 0
    for change in changes {
      let bytes = CanonicalJSON.bytes(of: change.json).count
      if let last = groups.last, !last.isEmpty,
        last.count == Self.changesOfOneEntry || size + bytes > Self.bytesOfOneEntry
      {
        groups.append([])
        size = 0
      }
      groups[groups.count - 1].append(change)
      size += bytes
    }
    return groups.enumerated().map { index, group in
      var part = self
      (part.part, part.parts, part.changes) = (index + 1, groups.count, group)
      return part
    }
  }
}
