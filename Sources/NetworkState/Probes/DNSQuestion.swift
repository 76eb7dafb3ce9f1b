/// One question to a name server (RFC 1035, section 4): the addresses of a name.
public struct DNSQuestion: Sendable, Hashable {
  private let labels: [[UInt8]]

  /// Nil if the name has a label of no or more than 63 bytes, or more than 253 bytes in all. `.` is the root.
  public init?(name: String) {
    let trimmed = name.hasSuffix(".") ? name.dropLast() : Substring(name)
    let parts = trimmed.split(separator: ".", omittingEmptySubsequences: false)
    labels = trimmed.isEmpty ? [] : parts.map { Array($0.utf8) }
    guard !name.isEmpty, trimmed.utf8.count <= 253, labels.allSatisfy({ (1...63).contains($0.count) }),
      labels.joined().allSatisfy({ (33...126).contains($0) })
    else { return nil }
  }

  /// The query with the given id.
  public func message(id: UInt16) -> [UInt8] {
    let recursionDesired: UInt8 = 1
    let header: [UInt8] = [UInt8(id >> 8), UInt8(id & 255), recursionDesired, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    let name: [UInt8] = labels.reduce(into: []) { $0 += [UInt8($1.count)] + $1 } + [0]
    return header + name + [0, 1, 0, 1]
  }

  /// What an answer says: nil if it is not to this query; otherwise the response code, 0 is no error, 3 no such name.
  public func responseCode(in answer: UnsafeRawBufferPointer, id: UInt16) -> UInt8? {
    guard answer.count >= 12, answer[0] == UInt8(id >> 8), answer[1] == UInt8(id & 255), answer[2] & 0x80 != 0 else {
      return nil
    }
    return answer[3] & 0xF
  }
}
