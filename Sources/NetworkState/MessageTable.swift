/// Many rtnetlink messages in one buffer: what a dump of the kernel's objects of one kind gave.
///
/// Made for a million routes: no object is kept per message, only where each starts. Messages are decoded when
/// they are asked for.
public struct MessageTable: Sendable {
  /// The messages, each padded to a multiple of four bytes, in the order of the kernel.
  private var bytes: [UInt8] = []
  /// Bytes at the start of the buffer that are no message: the magic number of a file.
  private var prefix = 0
  /// Where each message starts, in units of four bytes.
  ///
  /// INVARIANT: at each start there is a complete message about a network object. Attributes of what did not come from
  /// the kernel are well formed; the kernel's are not walked over until they are read, and reading bears any bytes.
  private var starts: [UInt32] = []

  /// The largest buffer: 4 GiB of messages.
  static let byteLimit = Int(UInt32.max)

  public init() {}

  public var count: Int { starts.count }
  public var isEmpty: Bool { starts.isEmpty }

  /// Bytes that the messages take.
  public var byteCount: Int { bytes.count - prefix }

  /// Appends every message in `dump`, which must be whole messages.
  ///
  /// Throws and appends nothing if one is malformed, of another kind, or the table would grow too large.
  public mutating func append(_ dump: UnsafeRawBufferPointer) throws(NetworkStateError) {
    guard dump.count < Self.byteLimit - bytes.count else {
      throw NetworkStateError(.tooLarge, "more than 4 GiB of messages")
    }
    let base = bytes.count
    let previous = starts.count
    do {
      try index(dump, base: base)
    } catch {
      starts.removeSubrange(previous...)
      throw error
    }
    bytes.append(contentsOf: dump)
    bytes.padToFour()
  }

  /// Appends whole messages of the kernel that begin at `offsets`, each at a multiple of four.
  mutating func append(_ messages: UnsafeRawBufferPointer, startingAt offsets: [UInt32]) throws(NetworkStateError) {
    guard messages.count < Self.byteLimit - bytes.count else {
      throw NetworkStateError(.tooLarge, "more than 4 GiB of messages")
    }
    let base = UInt32(bytes.count)
    bytes.append(contentsOf: messages)
    bytes.padToFour()
    for offset in offsets { starts.append((base + offset) / 4) }
  }

  /// Appends every message of another table. An empty table takes over the other's buffer.
  public mutating func append(contentsOf other: MessageTable) throws(NetworkStateError) {
    if isEmpty {
      self = other
      return
    }
    guard other.byteCount < Self.byteLimit - bytes.count else {
      throw NetworkStateError(.tooLarge, "more than 4 GiB of messages")
    }
    let base = bytes.count - other.prefix
    other.withBytes { bytes.append(contentsOf: $0) }
    starts.reserveCapacity(starts.count + other.count)
    for start in other.starts { starts.append(UInt32((4 * Int(start) + base) / 4)) }
    bytes.padToFour()
  }

  /// Makes room, so that a large table does not grow step by step.
  public mutating func reserve(bytes byteCount: Int, messages: Int) {
    bytes.reserveCapacity(byteCount)
    starts.reserveCapacity(messages)
  }

  /// Takes over a buffer that holds whole messages after `prefix` bytes, a multiple of four.
  public init(adopting bytes: [UInt8], after prefix: Int = 0) throws(NetworkStateError) {
    guard bytes.count < Self.byteLimit, prefix >= 0, prefix % 4 == 0, prefix <= bytes.count else {
      throw NetworkStateError(.tooLarge, "more than 4 GiB of messages")
    }
    var table = MessageTable()
    let result: Result<MessageTable, NetworkStateError> = bytes.withUnsafeBytes { raw in
      Result { () throws(NetworkStateError) in
        try table.index(UnsafeRawBufferPointer(rebasing: raw[prefix...]), base: prefix)
        return table
      }
    }
    table = try result.get()
    table.bytes = bytes
    table.prefix = prefix
    self = table
  }

  /// Removes every message from the `count`th on.
  public mutating func truncate(toCount count: Int) {
    guard count < starts.count else { return }
    bytes.removeSubrange((4 * Int(starts[count]))...)
    starts.removeSubrange(count...)
  }

  private mutating func index(_ dump: UnsafeRawBufferPointer, base: Int) throws(NetworkStateError) {
    var offset = 0
    while offset < dump.count {
      let frame = try MessageFrame(UnsafeRawBufferPointer(rebasing: dump[offset...]), offset: base + offset)
      starts.append(UInt32((base + offset) / 4))
      offset += alignedToFour(Int(frame.header.length))
    }
  }

  /// Calls `body` with the buffer and where each message starts, in bytes.
  func withMessages<R>(_ body: (MessageReader) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { raw in
      try starts.withUnsafeBufferPointer { try body(MessageReader(bytes: raw, starts: $0)) }
    }
  }

  /// The message at `index`, with all its attributes.
  ///
  /// - Precondition: `index` is less than `count`.
  public subscript(index: Int) -> RoutingMessage {
    get throws(NetworkStateError) {
      let result: Result<RoutingMessage, NetworkStateError> = withMessages { reader in
        Result { () throws(NetworkStateError) in try RoutingMessage(reader.message(at: index)) }
      }
      return try result.get()
    }
  }

  /// The bytes of the message at `index`, without padding.
  ///
  /// - Precondition: `index` is less than `count`.
  public func messageBytes(at index: Int) -> [UInt8] {
    withMessages { Array($0.message(at: index)) }
  }

  /// Calls `body` with all bytes, in order, as the kernel sent them.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[prefix...])) }
  }
}

/// Reading messages in place, while the table's buffer is held.
struct MessageReader {
  let bytes: UnsafeRawBufferPointer
  let starts: UnsafeBufferPointer<UInt32>

  var count: Int { starts.count }

  /// The bytes of a message, by its own length.
  func message(at index: Int) -> UnsafeRawBufferPointer {
    let start = 4 * Int(starts[index])
    let length = Int(bytes.load(UInt32.self, at: start) ?? 0)
    return bytes.slice(at: start, length: length) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Nil never happens for a table's own messages; see its invariant.
  func frame(at index: Int) -> MessageFrame? { try? MessageFrame(message(at: index), isKnown: true) }
}
