import GateModel

@testable import LedgerLog

extension JSONValue {
  /// What canonical JSON says, by the reader that verifies ledgers.
  init(canonical bytes: [UInt8]) throws(LedgerLogError) {
    self = try CanonicalDocument(bytes, in: bytes.indices).value()
  }
}

extension CanonicalDocument {
  func value(at place: Int = 0) -> JSONValue {
    switch tokens[place] {
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string, .escapedString: return .string(text(at: place) ?? "")
    case .array(let count, _):
      var (elements, element): ([JSONValue], Int) = ([], place + 1)
      for _ in 0..<count {
        elements.append(value(at: element))
        element = next(after: element)
      }
      return .array(elements)
    case .object(let count, _):
      var (members, key): ([JSONMember], Int) = ([], place + 1)
      for _ in 0..<count {
        members.append(JSONMember(key: text(at: key) ?? "", value: value(at: key + 1)))
        key = next(after: key + 1)
      }
      return .object(members)
    }
  }
}
