internal import GateModel

/// What an update did to the node's network: counts, and the first objects by name.
public struct NetworkRecord: Sendable, Hashable {
  /// Objects that were deleted, without expected churn.
  public var lost: Int
  /// Those of them that are back.
  public var restored: Int
  /// Those that are not.
  public var missing: Int
  /// The first of those that were lost, in `ip`'s words.
  public var objects: [String]
  /// The first of those that are missing, in the same words; nil where they were not told apart.
  public var missingObjects: [String]?

  public init(
    lost: Int = 0, restored: Int = 0, missing: Int = 0, objects: [String] = [],
    missingObjects: [String]? = nil
  ) {
    self.lost = lost
    self.restored = restored
    self.missing = missing
    self.objects = objects
    self.missingObjects = missingObjects
  }
}

extension NetworkRecord {
  var json: JSONValue {
    BodyWriter(
      ("lost", .number(lost)), ("restored", .number(restored)), ("missing", .number(missing)),
      ("objects", .strings(objects)), ("missingObjects", missingObjects.map { .strings($0) })
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      lost: try reader.number("lost"), restored: try reader.number("restored"), missing: try reader.number("missing"),
      objects: try reader.texts("objects"), missingObjects: try reader.optionalTexts("missingObjects"))
  }
}
