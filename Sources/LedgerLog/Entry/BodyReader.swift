internal import GateModel

/// Reads the members of an object of an entry, each once; ``finish()`` finds those that nobody asked for.
final class BodyReader {
  /// For messages; put together only if there is one.
  enum Name {
    case entry
    case body(LedgerKind)
    case member(StaticString, of: BodyReader)
  }

  private let document: CanonicalDocument
  private let name: Name
  /// The places of its members' keys begin behind it.
  private let object: Int
  private let count: Int
  /// How many members were asked for, and which of the first 64; an object of an entry has far fewer.
  private var asked = 0
  private var askedWhich: UInt64 = 0

  /// nil unless there is an object at `place`.
  init?(_ document: CanonicalDocument, at place: Int, _ name: Name) {
    guard case .object(let count, _) = document.tokens[place] else { return nil }
    (self.document, self.name, object, self.count) = (document, name, place, Int(count))
  }

  /// Throws if a member was not asked for: an entry says nothing that is not understood.
  func finish() throws(LedgerLogError) {
    guard asked < count else { return }
    var place = object + 1
    for number in 0..<count {
      if number > 63 || askedWhich & 1 << number == 0 {
        let key = document.text(at: place) ?? ""
        throw LedgerLogError(.entryMalformed, "\(name) has a member `\(key)` that is not known")
      }
      place = document.next(after: place + 1)
    }
  }

  /// The place of the value of `key`; nil if there is no such member.
  private func optional(_ key: StaticString) -> Int? {
    var place = object + 1
    for number in 0..<count {
      if document.isKey(key, at: place) {
        asked += 1
        askedWhich |= 1 << number
        return place + 1
      }
      place = document.next(after: place + 1)
    }
    return nil
  }

  private func place(of key: StaticString) throws(LedgerLogError) -> Int {
    guard let place = optional(key) else { throw malformed(key, "missing") }
    return place
  }

  private func malformed(_ key: StaticString, _ what: String) -> LedgerLogError {
    LedgerLogError(.entryMalformed, "`\(key)` of \(name) is \(what)")
  }

  func text(_ key: StaticString) throws(LedgerLogError) -> String { try text(key, at: place(of: key)) }

  private func text(_ key: StaticString, at place: Int) throws(LedgerLogError) -> String {
    guard let text = document.text(at: place) else { throw malformed(key, "not a string") }
    return text
  }

  func number(_ key: StaticString) throws(LedgerLogError) -> Int { try number(key, at: place(of: key)) }

  private func number(_ key: StaticString, at place: Int) throws(LedgerLogError) -> Int {
    guard case .int(let number) = document.tokens[place] else { throw malformed(key, "not a whole number") }
    return Int(number)
  }

  func flag(_ key: StaticString) throws(LedgerLogError) -> Bool { try flag(key, at: place(of: key)) }

  private func flag(_ key: StaticString, at place: Int) throws(LedgerLogError) -> Bool {
    guard case .bool(let flag) = document.tokens[place] else { throw malformed(key, "neither true nor false") }
    return flag
  }

  /// A time in the one form that is written: RFC 3339 in UTC, whole seconds.
  func time(_ key: StaticString) throws(LedgerLogError) -> Timestamp {
    let place = try place(of: key)
    guard let time = document.withPlainText(at: place, CanonicalTime.read) ?? nil else {
      throw malformed(key, "no time in UTC")
    }
    return time
  }

  func choice<Choice: RawRepresentable<String>>(_ key: StaticString) throws(LedgerLogError) -> Choice {
    try choice(key, at: place(of: key))
  }

  private func choice<Choice: RawRepresentable<String>>(
    _ key: StaticString, at place: Int
  ) throws(LedgerLogError) -> Choice {
    let text = try text(key, at: place)
    guard let choice = Choice(rawValue: text) else { throw malformed(key, "`\(text)`, which is not known") }
    return choice
  }

  func texts(_ key: StaticString) throws(LedgerLogError) -> [String] { try texts(key, at: place(of: key)) }

  private func texts(_ key: StaticString, at place: Int) throws(LedgerLogError) -> [String] {
    try list(key, at: place) { element throws(LedgerLogError) in
      guard let text = document.text(at: element) else { throw malformed(key, "not a list of strings") }
      return text
    }
  }

  func numbers(_ key: StaticString) throws(LedgerLogError) -> [Int] {
    try list(key, at: place(of: key)) { element throws(LedgerLogError) in
      guard case .int(let number) = document.tokens[element] else {
        throw malformed(key, "not a list of whole numbers")
      }
      return Int(number)
    }
  }

  func objects<Item>(
    _ key: StaticString, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item] {
    try objects(key, at: place(of: key), read)
  }

  private func objects<Item>(
    _ key: StaticString, at place: Int, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item] {
    try list(key, at: place) { element throws(LedgerLogError) in
      try object(key, at: element, read)
    }
  }

  func object<Item>(
    _ key: StaticString, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> Item {
    try object(key, at: place(of: key), read)
  }

  /// The body of an entry of `kind`.
  func body(_ kind: LedgerKind) throws(LedgerLogError) -> LedgerBody {
    try object("body", at: place(of: "body"), named: .body(kind)) { reader throws(LedgerLogError) in
      try LedgerBody(kind: kind, reader)
    }
  }

  private func object<Item>(
    _ key: StaticString, at place: Int, named name: Name? = nil,
    _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> Item {
    guard let reader = BodyReader(document, at: place, name ?? .member(key, of: self)) else {
      throw malformed(key, "not an object")
    }
    let item = try read(reader)
    try reader.finish()
    return item
  }

  private func list<Item>(
    _ key: StaticString, at place: Int, _ read: (_ element: Int) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item] {
    guard case .array(let count, _) = document.tokens[place] else { throw malformed(key, "not a list") }
    var items: [Item] = []
    items.reserveCapacity(Int(count))
    var element = place + 1
    for _ in 0..<count {
      items.append(try read(element))
      element = document.next(after: element)
    }
    return items
  }
}

/// Members that may be absent.
extension BodyReader {
  func optionalObject<Item>(
    _ key: StaticString, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> Item? {
    guard let place = optional(key) else { return nil }
    return try object(key, at: place, read)
  }

  func optionalText(_ key: StaticString) throws(LedgerLogError) -> String? {
    guard let place = optional(key) else { return nil }
    return try text(key, at: place)
  }

  func optionalFlag(_ key: StaticString) throws(LedgerLogError) -> Bool? {
    guard let place = optional(key) else { return nil }
    return try flag(key, at: place)
  }

  func optionalTexts(_ key: StaticString) throws(LedgerLogError) -> [String]? {
    guard let place = optional(key) else { return nil }
    return try texts(key, at: place)
  }

  func optionalChoice<Choice: RawRepresentable<String>>(_ key: StaticString) throws(LedgerLogError) -> Choice? {
    guard let place = optional(key) else { return nil }
    return try choice(key, at: place)
  }

  func optionalObjects<Item>(
    _ key: StaticString, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item]? {
    guard let place = optional(key) else { return nil }
    return try objects(key, at: place, read)
  }

  func optionalNumber(_ key: StaticString) throws(LedgerLogError) -> Int? {
    guard let place = optional(key) else { return nil }
    return try number(key, at: place)
  }
}

extension BodyReader.Name: CustomStringConvertible {
  var description: String {
    switch self {
    case .entry: "an entry"
    case .body(let kind): "a `\(kind.rawValue)` entry's body"
    case .member(let key, let object): "`\(key)` of \(object.name)"
    }
  }
}
