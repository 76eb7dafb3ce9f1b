internal import CNetlink
import Glibc
internal import NetworkState

/// An rtnetlink socket of one network namespace; for one thread at a time.
final class NetlinkSocket {
  /// Room for the notifications of a busy node, and for the largest datagrams of a dump.
  static let receiveBytes: Int32 = 8 << 20
  /// The kernel fills at most 32 KiB at a time in a dump; single messages of links with many ports are longer.
  private static let datagramBytes = 1 << 20

  private let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  private var sequence: UInt32 = 0

  /// A socket in the namespace at a path such as `/run/netns/NAME`; nil is the namespace of this process.
  init(namespace: String?) throws(NetworkSystemError) {
    descriptor = try Self.open(namespace: namespace, receiveBytes: Self.receiveBytes)
    buffer = .allocate(byteCount: Self.datagramBytes, alignment: 16)
  }

  /// The descriptor of a new socket. Throws `noNamespace`, `notPermitted` or `kernel`.
  static func open(namespace: String?, receiveBytes: Int32) throws(NetworkSystemError) -> Int32 {
    let result = cnl_open(namespace, receiveBytes)
    guard result >= 0 else {
      if let namespace, result == -ENOENT || result == -EINVAL || result == -ENOTDIR {
        throw NetworkSystemError(.noNamespace, "`\(namespace)` is no network namespace; see `ip netns list`")
      }
      throw .system(Int(result), "cannot open an rtnetlink socket\(namespace.map { " in `\($0)`" } ?? "")")
    }
    return result
  }

  deinit {
    cnl_close(descriptor)
    buffer.deallocate()
  }

  /// Subscribes to `RTNLGRP_...`.
  func join(_ groups: [UInt32]) throws(NetworkSystemError) {
    for group in groups {
      let result = cnl_join(descriptor, group)
      guard result == 0 else { throw .system(Int(result), "cannot subscribe to rtnetlink group \(group)") }
    }
  }

  /// The port that the kernel knows it by.
  var port: UInt32 { cnl_port(descriptor) }

  /// Whether something arrived, or so much that it was lost.
  var hasArrivals: Bool { cnl_is_readable(descriptor) != 0 }

  /// Throws away what arrived, as much as the receive buffer can hold.
  func drain() {
    for _ in 0..<Self.receiveBytes / 256 {
      guard hasArrivals else { return }
      _ = cnl_receive(descriptor, buffer.baseAddress, buffer.count, 0)
    }
  }

  /// Appends every object that the kernel has of a kind to `table`, asking again while dumps are interrupted.
  ///
  /// Throws `deadline`, `kernel` or `notPermitted`; then `table` is as it was.
  func dump(
    _ request: DumpRequest, into table: inout MessageTable, by deadline: Deadline
  ) throws(NetworkSystemError) {
    let before = table.count
    var progress = DumpReply.Progress.interrupted
    while progress == .interrupted {
      table.truncate(toCount: before)
      do {
        progress = try dumpOnce(request, into: &table, by: deadline)
      } catch {
        table.truncate(toCount: before)
        throw error
      }
    }
    guard case .refused(let errno, let message) = progress else { return }
    table.truncate(toCount: before)
    // Kernels without IPv6 or without nexthop objects (before 5.3) have none of them.
    if errno == EOPNOTSUPP || errno == EAFNOSUPPORT { return }
    let reason = message ?? String(cString: strerror(errno))
    throw NetworkSystemError(.kernel, "the kernel does not list its \(request.kind.rawValue) objects: \(reason)")
  }

  func nextSequence() -> UInt32 {
    sequence &+= 1
    return sequence
  }

  func send(_ bytes: [UInt8]) throws(NetworkSystemError) {
    let sent = cnl_send(descriptor, bytes, bytes.count)
    guard sent == 0 else { throw .system(Int(sent), "cannot ask the kernel") }
  }

  /// Calls `body` with the next datagram of the kernel.
  func receive<R>(
    by deadline: Deadline, of kind: NetworkObjectKind? = nil, _ body: (UnsafeRawBufferPointer) -> R
  ) throws(NetworkSystemError) -> R {
    while true {
      let left = deadline.milliseconds
      let length = left > 0 ? cnl_receive(descriptor, buffer.baseAddress, buffer.count, left) : -Int(ETIMEDOUT)
      if length == -Int(EPERM) { continue }
      if length == -Int(ETIMEDOUT) { throw .late(kind) }
      guard length >= 0 else { throw .system(length, "cannot read the kernel's answer") }
      return body(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
    }
  }

  private func dumpOnce(
    _ request: DumpRequest, into table: inout MessageTable, by deadline: Deadline
  ) throws(NetworkSystemError) -> DumpReply.Progress {
    let sequence = nextSequence()
    try send(request.bytes(sequence: sequence))
    var reply = DumpReply(to: request, sequence: sequence)
    var progress = DumpReply.Progress.more
    while progress == .more {
      var failure: NetworkStateError?
      progress = try receive(by: deadline, of: request.kind) { datagram in
        do throws(NetworkStateError) {
          return try reply.take(datagram, into: &table)
        } catch {
          failure = error
          return .done
        }
      }
      if let failure {
        throw NetworkSystemError(.kernel, "the kernel's answer cannot be read: \(failure)")
      }
    }
    return progress
  }
}

extension NetworkSystemError {
  fileprivate static func late(_ kind: NetworkObjectKind?) -> Self {
    let what = kind.map { "the kernel's \($0.rawValue) objects were" } ?? "the kernel's answer was"
    return Self(.deadline, "\(what) not read by the deadline; allow more time")
  }
}
