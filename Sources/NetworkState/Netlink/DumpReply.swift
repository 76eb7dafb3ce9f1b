/// Takes the kernel's answer to a ``DumpRequest`` apart, datagram by datagram.
public struct DumpReply: Sendable {
  /// How the dump goes on after a datagram.
  public enum Progress: Sendable, Hashable {
    case more
    case done
    /// The kernel's objects changed meanwhile (`NLM_F_DUMP_INTR`): what came may lack objects, ask again.
    case interrupted
    /// The kernel refused: an errno and, from kernels that say it, why.
    case refused(errno: Int32, message: String?)
  }

  private enum Control {
    static let error: UInt16 = 2
    static let done: UInt16 = 3
    static let overrun: UInt16 = 4
    /// `NLM_F_DUMP_INTR`.
    static let interrupted: UInt16 = 0x10
    /// `NLM_F_ACK_TLVS`.
    static let hasAttributes: UInt16 = 0x200
    /// `NLMSGERR_ATTR_MSG`.
    static let message: UInt16 = 1
  }

  private let request: DumpRequest
  private let sequence: UInt32
  private var wasInterrupted = false
  /// Where wanted messages start that are not in the table yet, from the first of them on.
  private var starts: [UInt32] = []

  public init(to request: DumpRequest, sequence: UInt32) {
    self.request = request
    self.sequence = sequence
  }

  /// Appends the objects of a datagram to `table`; neighbours only if they are permanent, because the kernel
  /// learns the others itself. Messages that answer another request are passed over.
  public mutating func take(
    _ datagram: UnsafeRawBufferPointer, into table: inout MessageTable
  ) throws(NetworkStateError) -> Progress {
    var offset = 0
    var first = 0
    starts.removeAll(keepingCapacity: true)
    while let header = NetlinkHeader(datagram, at: offset) {
      guard let message = datagram.slice(at: offset, length: Int(header.length)), message.count >= NetlinkHeader.size
      else { throw .shortMessage(at: offset) }
      let next = min(offset + alignedToFour(message.count), datagram.count)
      let end = header.sequence == sequence ? finish(header, message) : nil
      if end == nil, header.sequence == sequence, wants(header, message) {
        guard message.count >= NetlinkHeader.size + FixedHeader.size(of: request.kind) else {
          throw .shortMessage(at: offset)
        }
        if starts.isEmpty { first = offset }
        starts.append(UInt32(offset - first))
      } else {
        try append(datagram, first..<offset, to: &table)
      }
      if let end { return end }
      offset = next
    }
    try append(datagram, first..<offset, to: &table)
    return .more
  }

  /// Appends the neighbouring messages that ``starts`` has noted, which take `range`.
  private mutating func append(
    _ datagram: UnsafeRawBufferPointer, _ range: Range<Int>, to table: inout MessageTable
  ) throws(NetworkStateError) {
    guard !starts.isEmpty else { return }
    try table.append(UnsafeRawBufferPointer(rebasing: datagram[range]), startingAt: starts)
    starts.removeAll(keepingCapacity: true)
  }

  private mutating func finish(_ header: NetlinkHeader, _ message: UnsafeRawBufferPointer) -> Progress? {
    if header.flags & Control.interrupted != 0 { wasInterrupted = true }
    switch header.type.rawValue {
    case Control.overrun: return .interrupted
    case Control.error, Control.done:
      let errno = -(message.load(Int32.self, at: NetlinkHeader.size) ?? 0)
      if errno > 0 { return .refused(errno: errno, message: Self.reason(header, message)) }
      return wasInterrupted ? .interrupted : .done
    default: return nil
    }
  }

  /// The extended acknowledgement's text. After the errno an error repeats the request's header.
  static func reason(_ header: NetlinkHeader, _ message: UnsafeRawBufferPointer) -> String? {
    guard header.flags & Control.hasAttributes != 0 else { return nil }
    let start = NetlinkHeader.size + 4 + (header.type.rawValue == Control.error ? NetlinkHeader.size : 0)
    guard let attributes = message.slice(at: start, length: message.count - start) else { return nil }
    return AttributeCursor.find(Control.message, in: attributes)?.text
  }

  private func wants(_ header: NetlinkHeader, _ message: UnsafeRawBufferPointer) -> Bool {
    guard header.type.object == request.kind, !header.type.isDeletion else { return false }
    guard request.kind == .neighbour else { return true }
    let state = message.load(UInt16.self, at: NetlinkHeader.size + 8) ?? 0
    return state & Neighbour.permanentState != 0
  }
}
