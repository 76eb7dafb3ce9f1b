/// Reads bytes in order from whoever has them, with a small buffer.
///
/// INVARIANT: it holds one chunk at a time, so memory does not grow with what a header claims.
final class ByteReader {
  /// Bytes asked for at once.
  static let chunkSize = 64 << 10

  /// The member that the bytes belong to, for errors; nil for the .deb itself.
  let member: String?
  /// How many bytes have been handed out.
  private(set) var offset: UInt64 = 0
  private let pull: (Int) throws -> [UInt8]
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  init(member: String? = nil, pull: @escaping (Int) throws -> [UInt8]) {
    self.member = member
    self.pull = pull
  }

  /// At least one byte and at most `limit`; empty only at the end.
  func some(atMost limit: Int) throws -> ArraySlice<UInt8> {
    if position == buffer.count { try refill() }
    let end = min(buffer.count, position + max(limit, 0))
    defer {
      offset += UInt64(end - position)
      position = end
    }
    return buffer[position..<end]
  }

  /// Up to `count` bytes; fewer only at the end.
  func upTo(_ count: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(count, Self.chunkSize))
    while result.count < count {
      let piece = try some(atMost: count - result.count)
      if piece.isEmpty { break }
      result += piece
    }
    return result
  }

  /// `count` bytes, or an error that says the bytes end in `what`.
  func exactly(_ count: Int, of what: String) throws -> [UInt8] {
    let result = try upTo(count)
    guard result.count == count else { throw error(.truncated, "the bytes end within \(what)") }
    return result
  }

  /// Passes `count` bytes to `body`, piece by piece.
  func forward(_ count: UInt64, of what: String, to body: (ArraySlice<UInt8>) -> Void = { _ in }) throws {
    var remaining = count
    while remaining > 0 {
      let piece = try some(atMost: Int(min(remaining, UInt64(Self.chunkSize))))
      if piece.isEmpty { throw error(.truncated, "the bytes end within \(what)") }
      body(piece)
      remaining -= UInt64(piece.count)
    }
  }

  /// Reads on to the end, so that checksums at the end are checked.
  func drain() throws {
    while try !some(atMost: Self.chunkSize).isEmpty {}
  }

  func error(_ code: ArchiveError.Code, _ message: String) -> ArchiveError {
    ArchiveError(code: code, message: message, member: member, offset: offset)
  }

  private func refill() throws {
    guard !isAtEnd else { return }
    buffer = try pull(Self.chunkSize)
    position = 0
    isAtEnd = buffer.isEmpty
  }
}
