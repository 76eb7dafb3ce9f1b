import Glibc

/// A value that may be a key of a map: a bool, an int, a uint or a string.
///
/// `int` and `uint` keys of the same number are the same key, as equality across number types wants it. Strings are
/// the same where their code points are, without Unicode normalization.
public enum MapKey: Hashable, Sendable {
  case bool(Bool)
  case int(Int64)
  /// Only for numbers too large for `int`; smaller ones are `int`.
  case largeUint(UInt64)
  case string(String)

  /// The key a value stands for in a lookup, or `nil` where no key can equal it. A double without decimals is a number.
  public init?(_ value: Value) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self.init(uint: value)
    case .double(let value): self.init(double: value)
    case .string(let value): self = .string(value)
    default: return nil
    }
  }

  private init(uint: UInt64) {
    if let value = Int64(exactly: uint) { self = .int(value) } else { self = .largeUint(uint) }
  }

  private init?(double: Double) {
    if let value = Int64(exactly: double) {
      self = .int(value)
    } else if let value = UInt64(exactly: double) {
      self = .largeUint(value)
    } else {
      return nil
    }
  }

  /// Whether two keys are the same key.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.string(let a), .string(let b)): CodePoints.areEqual(a, b)
    case (.int(let a), .int(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.largeUint(let a), .largeUint(let b)): a == b
    default: false
    }
  }

  /// Hashes the key; same keys have the same hash.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .largeUint(let value): hasher.combine(value)
    case .string(let value): CodePoints.hash(value, into: &hasher)
    }
  }
}

/// Comparison of strings by their code points: CEL knows no Unicode normalization.
enum CodePoints {
  static func areEqual(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    return compare(a, b) == 0
  }

  /// The order of UTF-8 bytes is the order of code points.
  static func isLess(_ a: String, _ b: String) -> Bool { compare(a, b) < 0 }

  private static func compare(_ a: String, _ b: String) -> Int {
    // INVARIANT: strings made by Swift are stored as contiguous UTF-8, so the slow way is never taken on Linux.
    let order = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b in compare(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) }
    }
    if case .some(.some(let order)) = order { return order }
    return a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }

  private static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let length = min(a.count, b.count)
    guard length > 0, let left = a.baseAddress, let right = b.baseAddress else { return a.count - b.count }
    let order = Int(memcmp(left, right, length))
    return order != 0 ? order : a.count - b.count
  }

  static func hash(_ text: String, into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}
