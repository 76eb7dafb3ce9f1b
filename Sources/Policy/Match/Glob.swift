/// A pattern over names: `*` stands for any characters, `?` for one, all others for themselves.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
  public let pattern: String
  /// What every match begins with.
  let prefix: [UInt8]
  private let bytes: [UInt8]

  public init(_ pattern: String) {
    self.pattern = pattern
    bytes = Array(pattern.utf8)
    prefix = Array(bytes.prefix { $0 != Self.star && $0 != Self.question })
  }

  public var description: String { pattern }

  /// Whether the pattern is a name and not a glob.
  var isLiteral: Bool { prefix.count == bytes.count }

  /// Whether every name matches.
  var matchesEverything: Bool { pattern == "*" }

  private static let star = UInt8(ascii: "*")
  private static let question = UInt8(ascii: "?")

  /// Whether the whole of `name` matches. Linear for a pattern with one star; at worst length by length.
  public func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8(matches)
  }

  private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.starts(with: prefix) else { return false }
    var p = prefix.count
    var n = prefix.count
    var retry: (pattern: Int, name: Int)?
    while n < name.count {
      if p < bytes.count, bytes[p] == Self.star {
        p += 1
        retry = (p, n)
      } else if p < bytes.count, bytes[p] == Self.question || bytes[p] == name[n] {
        p += 1
        n += 1
      } else if let last = retry {
        p = last.pattern
        n = last.name + 1
        retry = (p, n)
      } else {
        return false
      }
    }
    return bytes[p...].allSatisfy { $0 == Self.star }
  }
}
