internal import GateModel

/// Reads the members of an object of an entry, each once; ``finish()`` finds those that nobody asked for.
final class BodyReader {
  private let name: String
  private var rest: [String: JSONValue]

  init(_ json: JSONValue, of name: String) {
    self.name = name
    rest = [:]
    guard case .object(let members) = json else { return }
    for member in members { rest[member.key] = member.value }
  }

  /// Throws if a member was not asked for: an entry says nothing that is not understood.
  func finish() throws(LedgerLogError) {
    guard let key = rest.keys.min() else { return }
    throw LedgerLogError(.entryMalformed, "\(name) has a member `\(key)` that is not known")
  }

  func value(_ key: String) throws(LedgerLogError) -> JSONValue {
    guard let value = rest.removeValue(forKey: key) else { throw malformed(key, "missing") }
    return value
  }

  private func malformed(_ key: String, _ what: String) -> LedgerLogError {
    LedgerLogError(.entryMalformed, "`\(key)` of \(name) is \(what)")
  }

  func text(_ key: String) throws(LedgerLogError) -> String {
    guard case .string(let text) = try value(key) else { throw malformed(key, "not a string") }
    return text
  }

  func number(_ key: String) throws(LedgerLogError) -> Int {
    guard case .int(let number) = try value(key) else { throw malformed(key, "not a whole number") }
    return Int(number)
  }

  func flag(_ key: String) throws(LedgerLogError) -> Bool {
    guard case .bool(let flag) = try value(key) else { throw malformed(key, "neither true nor false") }
    return flag
  }

  /// A time in the one form that is written: RFC 3339 in UTC, whole seconds.
  func time(_ key: String) throws(LedgerLogError) -> Timestamp {
    let text = try text(key)
    guard let time = Timestamp(text), time.description == text else { throw malformed(key, "no time in UTC") }
    return time
  }

  func choice<Choice: RawRepresentable<String>>(_ key: String) throws(LedgerLogError) -> Choice {
    let text = try text(key)
    guard let choice = Choice(rawValue: text) else { throw malformed(key, "`\(text)`, which is not known") }
    return choice
  }

  func texts(_ key: String) throws(LedgerLogError) -> [String] {
    var texts: [String] = []
    for element in try elements(key) {
      guard case .string(let text) = element else { throw malformed(key, "not a list of strings") }
      texts.append(text)
    }
    return texts
  }

  func numbers(_ key: String) throws(LedgerLogError) -> [Int] {
    var numbers: [Int] = []
    for element in try elements(key) {
      guard case .int(let number) = element else { throw malformed(key, "not a list of whole numbers") }
      numbers.append(Int(number))
    }
    return numbers
  }

  func objects<Item>(
    _ key: String, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item] {
    var items: [Item] = []
    for element in try elements(key) {
      let reader = BodyReader(element, of: "`\(key)` of \(name)")
      items.append(try read(reader))
      try reader.finish()
    }
    return items
  }

  func object<Item>(
    _ key: String, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> Item {
    let value = try value(key)
    guard case .object = value else { throw malformed(key, "not an object") }
    let reader = BodyReader(value, of: "`\(key)` of \(name)")
    let item = try read(reader)
    try reader.finish()
    return item
  }

  private func elements(_ key: String) throws(LedgerLogError) -> [JSONValue] {
    guard case .array(let elements) = try value(key) else { throw malformed(key, "not a list") }
    return elements
  }

  // Members that may be absent.

  func optionalObject<Item>(
    _ key: String, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> Item? {
    rest[key] == nil ? nil : try object(key, read)
  }

  func optionalText(_ key: String) throws(LedgerLogError) -> String? {
    rest[key] == nil ? nil : try text(key)
  }

  func optionalFlag(_ key: String) throws(LedgerLogError) -> Bool? {
    rest[key] == nil ? nil : try flag(key)
  }

  func optionalTexts(_ key: String) throws(LedgerLogError) -> [String]? {
    rest[key] == nil ? nil : try texts(key)
  }

  func optionalChoice<Choice: RawRepresentable<String>>(_ key: String) throws(LedgerLogError) -> Choice? {
    rest[key] == nil ? nil : try choice(key)
  }

  func optionalObjects<Item>(
    _ key: String, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item]? {
    rest[key] == nil ? nil : try objects(key, read)
  }

  func optionalNumber(_ key: String) throws(LedgerLogError) -> Int? {
    rest[key] == nil ? nil : try number(key)
  }
}
