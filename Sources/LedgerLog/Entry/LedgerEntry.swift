public import GateModel

/// One line of the record: what happened, when, on which node, and who caused it.
public struct LedgerEntry: Sendable, Hashable {
  /// Its place, from 0, without gaps.
  public var sequence: Int
  public var time: Timestamp
  /// The node's name.
  public var node: String
  /// nil where no person caused it.
  public var actor: LedgerActor?
  public var body: LedgerBody

  public init(sequence: Int, time: Timestamp, node: String, actor: LedgerActor? = nil, body: LedgerBody) {
    self.sequence = sequence
    self.time = time
    self.node = node
    self.actor = actor
    self.body = body
  }

  public var kind: LedgerKind { body.kind }

  /// The entry as JSON.
  public var json: JSONValue {
    var members = [
      JSONMember(key: "sequence", value: .number(sequence)), JSONMember(key: "time", value: .string(time.description)),
      JSONMember(key: "kind", value: .string(kind.rawValue)), JSONMember(key: "node", value: .string(node)),
    ]
    if let actor { members.append(JSONMember(key: "actor", value: actor.json)) }
    return .object(members + [JSONMember(key: "body", value: body.json)])
  }

  /// The canonical form: what is hashed, kept and exported.
  public func bytes() throws(LedgerLogError) -> [UInt8] {
    let bytes = CanonicalJSON.bytes(of: json)
    guard bytes.count <= EntryBundle.longestEntry else {
      throw LedgerLogError(
        .entryTooLong, "a `\(kind.rawValue)` entry of \(bytes.count) bytes, at most \(EntryBundle.longestEntry)")
    }
    return bytes
  }

  /// Reads an entry; throws unless it is canonical, of a known kind, and has exactly the members of its kind.
  public init(_ bytes: [UInt8]) throws(LedgerLogError) {
    try self.init(bytes, in: bytes.indices)
  }

  /// Reads the entry that `range` of `bytes` is.
  init(_ bytes: [UInt8], in range: Range<Int>) throws(LedgerLogError) {
    guard range.count <= EntryBundle.longestEntry else {
      throw LedgerLogError(.entryTooLong, "an entry of \(range.count) bytes, at most \(EntryBundle.longestEntry)")
    }
    guard let members = BodyReader(try CanonicalDocument(bytes, in: range), at: 0, .entry) else {
      throw LedgerLogError(.entryMalformed, "an entry is not an object")
    }
    sequence = try members.number("sequence")
    time = try members.time("time")
    node = try members.text("node")
    actor = try members.optionalObject("actor", LedgerActor.init)
    body = try members.body(members.choice("kind"))
    try members.finish()
  }
}

extension LedgerActor {
  fileprivate var json: JSONValue {
    ["name": .string(name), "uid": .number(uid), "basis": .string(basis.rawValue)]
  }

  fileprivate init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(name: try reader.text("name"), uid: try reader.number("uid"), basis: try reader.choice("basis"))
  }
}
