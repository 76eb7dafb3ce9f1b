/// A CEL map: keys in the order they were given, found in constant time.
public struct MapValue: Sendable {
  /// The keys as they were written, in order.
  public private(set) var keys: [Value]
  /// The values, in the order of `keys`.
  public private(set) var values: [Value]
  /// Positions by key; without the names of a small map, which are searched for in order.
  private var index: [MapKey: Int]

  /// Maps this small are searched in order, which is faster than hashing.
  private static let linearSearchLimit = 8

  /// A map without entries.
  public init() {
    keys = []
    values = []
    index = [:]
  }

  /// A map from names to values, for facts; keys are sorted by code points.
  public init(_ fields: [String: Value]) {
    self.init()
    keys.reserveCapacity(fields.count)
    values.reserveCapacity(fields.count)
    for (name, value) in fields.sorted(by: { CodePoints.isLess($0.key, $1.key) }) {
      insert(.string(name), .string(name), value)
    }
  }

  /// How many entries there are.
  public var count: Int { keys.count }
  /// Whether there are no entries.
  public var isEmpty: Bool { keys.isEmpty }

  /// Adds an entry and says whether it was added: not where the key cannot be one, or is there already.
  public mutating func insert(_ key: Value, _ value: Value) -> InsertResult {
    if case .double = key { return .unsupportedKey }
    guard let mapKey = MapKey(key) else { return .unsupportedKey }
    guard position(of: mapKey) == nil else { return .duplicateKey }
    insert(mapKey, key, value)
    return .inserted
  }

  /// What became of an entry.
  public enum InsertResult: Sendable { case inserted, duplicateKey, unsupportedKey }

  private mutating func insert(_ mapKey: MapKey, _ key: Value, _ value: Value) {
    keys.append(key)
    values.append(value)
    if keys.count == Self.linearSearchLimit + 1 { indexNames() }
    if keys.count <= Self.linearSearchLimit, case .string = mapKey { return }
    index[mapKey] = keys.count - 1
  }

  /// The map is no longer small.
  private mutating func indexNames() {
    for (position, key) in keys.enumerated() {
      if case .string(let name) = key { index[.string(name)] = position }
    }
  }

  /// The value of a key; `nil` where there is none.
  public subscript(key key: Value) -> Value? {
    guard let key = MapKey(key), let position = position(of: key) else { return nil }
    return values[position]
  }

  /// The value of a string key; `nil` where there is none.
  public subscript(name name: String) -> Value? {
    guard let position = position(ofName: name) else { return nil }
    return values[position]
  }

  private func position(ofName name: String) -> Int? {
    guard keys.count <= Self.linearSearchLimit else { return index[.string(name)] }
    for position in keys.indices {
      if case .string(let key) = keys[position], CodePoints.areEqual(key, name) { return position }
    }
    return nil
  }

  private func position(of key: MapKey) -> Int? {
    if case .string(let name) = key { return position(ofName: name) }
    return index[key]
  }
}
