/// A shell pattern as `fnmatch(3)` reads it without flags: `*`, `?`, `[...]` and `\` before a character.
public struct Glob: Hashable, Sendable, CustomStringConvertible {
  public let pattern: String
  private let elements: [Element]

  private enum Element: Hashable {
    case any
    case one
    case literal(UInt8)
    case set([ClosedRange<UInt8>], isNegated: Bool)
  }

  public init(_ pattern: String) {
    self.pattern = pattern
    elements = Self.parse(Array(pattern.utf8))
  }

  public var description: String { pattern }

  /// Whether the whole of `text` matches; takes time in proportion to the lengths' product at most.
  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var position = 0
    var index = 0
    var star: (element: Int, position: Int)?
    while position < bytes.count {
      if index < elements.count, elements[index] == .any {
        star = (index, position)
        index += 1
      } else if index < elements.count, Self.accepts(elements[index], bytes[position]) {
        index += 1
        position += 1
      } else if let last = star {
        star = (last.element, last.position + 1)
        index = last.element + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return elements[index...].allSatisfy { $0 == .any }
  }

  private static func accepts(_ element: Element, _ byte: UInt8) -> Bool {
    switch element {
    case .any: false
    case .one: true
    case .literal(let literal): literal == byte
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
    }
  }

  private static func parse(_ bytes: [UInt8]) -> [Element] {
    var elements: [Element] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "*"): elements.append(.any)
      case UInt8(ascii: "?"): elements.append(.one)
      case UInt8(ascii: "["):
        if let (set, end) = parseSet(bytes, from: index + 1) {
          elements.append(set)
          index = end
        } else {
          elements.append(.literal(bytes[index]))
        }
      case UInt8(ascii: "\\") where index + 1 < bytes.count:
        index += 1
        elements.append(.literal(bytes[index]))
      default: elements.append(.literal(bytes[index]))
      }
      index += 1
    }
    return elements
  }

  /// The set that starts after `[`, and where its `]` is; nil if it has none.
  private static func parseSet(_ bytes: [UInt8], from start: Int) -> (Element, Int)? {
    var index = start
    let isNegated = index < bytes.count && (bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^"))
    if isNegated { index += 1 }
    var ranges: [ClosedRange<UInt8>] = []
    let first = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") || index == first {
      let low = member(bytes, &index)
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") else {
        ranges.append(low...low)
        continue
      }
      index += 1
      let high = member(bytes, &index)
      if low <= high { ranges.append(low...high) }
    }
    return index < bytes.count ? (.set(ranges, isNegated: isNegated), index) : nil
  }

  /// One character of a set: `\` takes its meaning from the next.
  private static func member(_ bytes: [UInt8], _ index: inout Int) -> UInt8 {
    if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
    defer { index += 1 }
    return bytes[index]
  }
}
