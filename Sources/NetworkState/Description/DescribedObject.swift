/// An object in the words of `ip -j`, in the order in which `ip` prints them.
public struct DescribedObject: Hashable, Sendable, Encodable {
  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: DescribedValue
  }

  public private(set) var members: [Member] = []

  public init() {}

  public subscript(key: String) -> DescribedValue? { members.first { $0.key == key }?.value }

  /// Appends a member; nil appends nothing.
  public mutating func append(_ key: String, _ value: DescribedValue?) {
    guard let value else { return }
    members.append(Member(key: key, value: value))
  }

  mutating func append(_ key: String, number: some BinaryInteger) { append(key, .number(Int64(clamping: number))) }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for member in members {
      try container.encode(member.value, forKey: Key(stringValue: member.key))
    }
  }
}

/// A value in the words of `ip -j`.
public enum DescribedValue: Hashable, Sendable, Encodable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  /// `ip` prints a member with `null` for what is only there or not.
  case null
  case list([DescribedValue])
  case object(DescribedObject)

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .null: try container.encodeNil()
    case .list(let values): try container.encode(values)
    case .object(let value): try container.encode(value)
    }
  }
}
