internal import GateModel

/// Reads the members of an object of an entry, each once; ``finish()`` finds those that nobody asked for.
final class BodyReader {
  private let describe: () -> String
  /// An object has few members, so that looking through them is quicker than a table of them.
  private var rest: [JSONMember]

  private var name: String { describe() }

  /// - Parameter name: for messages; put together only if there is one.
  init(_ json: JSONValue, of name: @autoclosure @escaping () -> String) {
    describe = name
    if case .object(let members) = json { rest = members } else { rest = [] }
  }

  /// Throws if a member was not asked for: an entry says nothing that is not understood.
  func finish() throws(LedgerLogError) {
    guard let key = rest.map(\.key).min() else { return }
    throw LedgerLogError(.entryMalformed, "\(name) has a member `\(key)` that is not known")
  }

  func value(_ key: String) throws(LedgerLogError) -> JSONValue {
    guard let place = place(of: key) else { throw malformed(key, "missing") }
    let value = rest[place].value
    // The order does not matter any more.
    rest.swapAt(place, rest.count - 1)
    rest.removeLast()
    return value
  }

  private func place(of key: String) -> Int? { rest.firstIndex { $0.key == key } }

  private func has(_ key: String) -> Bool { place(of: key) != nil }

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
    guard let time = CanonicalTime.read(try text(key)) else { throw malformed(key, "no time in UTC") }
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
      let reader = BodyReader(element, of: "`\(key)` of \(self.name)")
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
    let reader = BodyReader(value, of: "`\(key)` of \(self.name)")
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
    !has(key) ? nil : try object(key, read)
  }

  func optionalText(_ key: String) throws(LedgerLogError) -> String? {
    !has(key) ? nil : try text(key)
  }

  func optionalFlag(_ key: String) throws(LedgerLogError) -> Bool? {
    !has(key) ? nil : try flag(key)
  }

  func optionalTexts(_ key: String) throws(LedgerLogError) -> [String]? {
    !has(key) ? nil : try texts(key)
  }

  func optionalChoice<Choice: RawRepresentable<String>>(_ key: String) throws(LedgerLogError) -> Choice? {
    !has(key) ? nil : try choice(key)
  }

  func optionalObjects<Item>(
    _ key: String, _ read: (BodyReader) throws(LedgerLogError) -> Item
  ) throws(LedgerLogError) -> [Item]? {
    !has(key) ? nil : try objects(key, read)
  }

  func optionalNumber(_ key: String) throws(LedgerLogError) -> Int? {
    !has(key) ? nil : try number(key)
  }
}
