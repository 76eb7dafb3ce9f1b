import GateModel
import LedgerSamples
import TestSupport
import Testing

@testable import LedgerLog

/// An entry has exactly the members of its kind: whatever else is done to one of any kind is refused, or is another entry.
@Suite struct StrictEntryTests {
  /// One entry of each kind and shape that the samples have.
  private static let entries: [LedgerEntry] = {
    var seen: Set<String> = []
    let entries = SampleHistory.quarter.entries + SampleHistory.hostile("\u{1b}<\u{20ac}\n\"\\").entries
    return entries.filter { seen.insert(shape($0.json)).inserted }
  }()

  /// The keys of a value, at all depths.
  private static func shape(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      "{" + members.map { "\($0.key):\($0.key == "kind" ? "\($0.value)" : shape($0.value))" }.sorted().joined() + "}"
    case .array(let elements): "[\(elements.first.map(shape) ?? "")]"
    default: ""
    }
  }

  /// `value` with one of its objects changed, once for each object in it.
  private static func changing(_ value: JSONValue, _ change: ([JSONMember]) -> [[JSONMember]]) -> [JSONValue] {
    switch value {
    case .object(let members):
      let own = change(members).map { JSONValue.object($0) }
      return own
        + members.indices.flatMap { index in
          changing(members[index].value, change).map { inner in
            var changed = members
            changed[index].value = inner
            return .object(changed)
          }
        }
    case .array(let elements):
      return elements.indices.flatMap { index in
        changing(elements[index], change).map { inner in
          var changed = elements
          changed[index] = inner
          return .array(changed)
        }
      }
    default: return []
    }
  }

  private static func read(_ value: JSONValue) -> LedgerEntry? { try? LedgerEntry(CanonicalJSON.bytes(of: value)) }

  @Test func theSamplesHaveEveryKindButFew() {
    #expect(Set(Self.entries.map(\.kind)).count >= 12, "\(Set(Self.entries.map(\.kind)))")
    for entry in Self.entries { #expect(Self.read(entry.json) == entry) }
  }

  @Test func aMemberThatIsNotKnownIsNamed() {
    var cases = 0
    for entry in Self.entries {
      for key in ["", "a", "zz", "\u{1}"] {
        let others = Self.changing(entry.json) { [$0 + [JSONMember(key: key, value: .int(1))]] }
        for other in others {
          cases += 1
          let error = #expect(throws: LedgerLogError.self) { try LedgerEntry(CanonicalJSON.bytes(of: other)) }
          #expect(error?.code == .entryMalformed && error?.message.contains("has a member `\(key)` that") == true)
        }
      }
    }
    #expect(cases > 100)
  }

  /// Many of them, so that more members stand before the last than are counted one by one.
  @Test func manyMembersThatAreNotKnownAreFound() {
    let many = (0..<200).map { JSONMember(key: "z\($0)", value: .null) }
    for entry in Self.entries {
      for other in Self.changing(entry.json, { [$0 + many, many + $0] }) { #expect(Self.read(other) == nil) }
    }
  }

  @Test func aMemberThatIsMissingMakesAnotherEntryOrNone() {
    for entry in Self.entries {
      let fewer = Self.changing(entry.json) { members in
        members.indices.map { index in
          var fewer = members
          fewer.remove(at: index)
          return fewer
        }
      }
      for other in fewer {
        guard let read = Self.read(other) else { continue }
        #expect(read != entry)
      }
    }
  }

  /// A value of another sort is refused wherever it stands.
  @Test func aValueOfAnotherSortIsRefused() {
    let others: [JSONValue] = [.null, .bool(true), .int(7), .double(1.5), .string("?"), .array([]), .object([])]
    func sort(_ value: JSONValue) -> Int {
      switch value {
      case .null: 0
      case .bool: 1
      case .int: 2
      case .double: 3
      case .string: 4
      case .array: 5
      case .object: 6
      }
    }
    for entry in Self.entries {
      let wrong = Self.changing(entry.json) { members in
        members.indices.flatMap { index in
          others.filter { sort($0) != sort(members[index].value) }.map { other in
            var changed = members
            changed[index].value = other
            return changed
          }
        }
      }
      for other in wrong { #expect(Self.read(other) == nil, "\(other)") }
    }
  }

  /// What is read is what was written: whichever byte is changed, it is refused or is another entry with these bytes.
  @Test func everyAcceptedTextIsThatOfItsEntry() throws {
    var seed = Seed("strict entries")
    var accepted = 0
    for entry in Self.entries {
      let bytes = try entry.bytes()
      for _ in 0..<400 {
        var changed = bytes
        changed[seed.below(bytes.count)] = seed.number()
        guard let read = try? LedgerEntry(changed) else { continue }
        accepted += 1
        let (written, text) = (
          String(decoding: try read.bytes(), as: UTF8.self), String(decoding: changed, as: UTF8.self)
        )
        #expect(written == text)
      }
    }
    #expect(accepted > 100)
  }

  @Test func anEntryThatIsTooLongIsRefused() throws {
    var entry = Self.entries[0]
    entry.node = ""
    let room = EntryBundle.longestEntry - CanonicalJSON.bytes(of: entry.json).count
    entry.node = String(repeating: "n", count: room)
    #expect(Self.read(entry.json) == entry)
    entry.node += "n"
    let error = #expect(throws: LedgerLogError.self) { try LedgerEntry(CanonicalJSON.bytes(of: entry.json)) }
    #expect(error?.code == .entryTooLong)
  }

  @Test(arguments: ["[]", "1", "\"a\"", "null", "{}", ""]) func whatIsNoEntryIsRefused(text: String) {
    #expect(throws: LedgerLogError.self) { try LedgerEntry(Array(text.utf8)) }
  }
}
