/// A pattern over names, of bytes and not of characters.
///
/// In a policy `*` stands for any bytes, `?` for one and all others for themselves. In systemd's and the kernel's
/// world `[...]` stands for a set and `\` takes the next one's meaning: `fnmatch(3)` without flags.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
  /// Shared by all copies: policies have many globs, and looking at one must not cost a reference for each part.
  private let compiled: Compiled

  private final class Compiled: Sendable {
    let pattern: String
    let prefix: [UInt8]
    let elements: [Element]
    let sets: [ByteSet]

    init(_ pattern: String, _ elements: [Element], _ sets: [ByteSet]) {
      self.pattern = pattern
      self.elements = elements
      self.sets = sets
      prefix = elements.prefix { $0.literal != nil }.compactMap(\.literal)
    }
  }

  private enum Element: Hashable, Sendable {
    case any
    case one
    case literal(UInt8)
    /// Which of `sets`. An index and not the set itself, so that looking at an element copies nothing.
    case set(Int)

    var literal: UInt8? {
      if case .literal(let byte) = self { byte } else { nil }
    }
  }

  private struct ByteSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt8>] = []
    var isNegated = false

    func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } != isNegated }
  }

  /// A pattern in which only `*` and `?` are special.
  public init(_ pattern: String) {
    let elements = pattern.utf8.map { byte -> Element in
      switch byte {
      case UInt8(ascii: "*"): .any
      case UInt8(ascii: "?"): .one
      default: .literal(byte)
      }
    }
    compiled = Compiled(pattern, elements, [])
  }

  /// A pattern as `fnmatch(3)` reads it without flags; a `[` without its `]` stands for itself.
  public init(shell pattern: String) {
    var parser = ShellParser(bytes: Array(pattern.utf8))
    parser.parse()
    compiled = Compiled(pattern, parser.elements, parser.sets)
  }

  public static func == (left: Glob, right: Glob) -> Bool {
    left.compiled === right.compiled || left.pattern == right.pattern && left.elements == right.elements
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(pattern) }

  public var pattern: String { compiled.pattern }
  /// What every match begins with.
  public var prefix: [UInt8] { compiled.prefix }
  private var elements: [Element] { compiled.elements }

  public var description: String { pattern }

  /// Whether the pattern is a name: nothing in it stands for anything else.
  public var isLiteral: Bool { prefix.count == elements.count }

  /// Whether every name matches.
  public var matchesEverything: Bool { elements.count == 1 && elements[0] == .any }

  /// Whether the whole of `name` matches. Linear for a pattern with one star; at worst length by length.
  public func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8(matches)
  }

  private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let prefix = compiled.prefix
    guard name.starts(with: prefix) else { return false }
    let elements = compiled.elements
    var e = prefix.count
    var n = prefix.count
    var retry: (element: Int, name: Int)?
    while n < name.count {
      if e < elements.count, elements[e] == .any {
        e += 1
        retry = (e, n)
      } else if e < elements.count, accepts(elements[e], name[n]) {
        e += 1
        n += 1
      } else if let last = retry {
        e = last.element
        n = last.name + 1
        retry = (e, n)
      } else {
        return false
      }
    }
    return elements[e...].allSatisfy { $0 == .any }
  }

  private func accepts(_ element: Element, _ byte: UInt8) -> Bool {
    switch element {
    case .any: false
    case .one: true
    case .literal(let literal): literal == byte
    case .set(let number): compiled.sets[number].contains(byte)
    }
  }

  /// Takes a pattern of `fnmatch(3)` apart.
  private struct ShellParser {
    let bytes: [UInt8]
    var elements: [Element] = []
    var sets: [ByteSet] = []
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() {
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "*"): elements.append(.any)
        case UInt8(ascii: "?"): elements.append(.one)
        case UInt8(ascii: "["): elements.append(set() ?? .literal(bytes[position]))
        case UInt8(ascii: "\\") where position + 1 < bytes.count:
          position += 1
          elements.append(.literal(bytes[position]))
        default: elements.append(.literal(bytes[position]))
        }
        position += 1
      }
    }

    /// The set that begins with the `[` here, and then stands on its `]`; nil, without moving, if it has none.
    private mutating func set() -> Element? {
      var index = position + 1
      var set = ByteSet()
      if index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^") {
        set.isNegated = true
        index += 1
      }
      let first = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "]") || index == first {
        let low = member(&index)
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") else {
          set.ranges.append(low...low)
          continue
        }
        index += 1
        let high = member(&index)
        if low <= high { set.ranges.append(low...high) }
      }
      guard index < bytes.count else { return nil }
      position = index
      sets.append(set)
      return .set(sets.count - 1)
    }

    /// One byte of a set: `\` takes its meaning from the next.
    private func member(_ index: inout Int) -> UInt8 {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
      defer { index += 1 }
      return bytes[index]
    }
  }
}
