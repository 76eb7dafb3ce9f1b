internal import CNetlink
import Glibc

/// Everything that the kernel announces of links, addresses, routes, rules and nexthops, each with the time of its
/// arrival.
///
/// The kernel has no time stamps for netlink messages (`netlink_recvmsg` sets none), so the times are those at which
/// this process took them. What waits is taken before each few requests, so that acting on one notification does not make
/// the next look younger than it is.
final class NotificationSocket {
  /// `RTNLGRP_...`: link, IPv4 address, route and rule, IPv6 address, route and rule, nexthop.
  private static let groups: [UInt32] = [1, 5, 7, 8, 9, 11, 19, 32]
  /// How many are taken at once before something is asked for.
  private static let burst = 64
  /// How many are kept at most until all of them were acted on.
  private static let most = 1 << 12
  /// A notification is shorter, save for a link with thousands of virtual functions.
  private static let byteCount = 4 << 20
  private static let leastRoom = 1 << 18

  /// How much of what waited was taken.
  enum Extent {
    /// Nothing waits any more.
    case all
    /// As many as are taken at once.
    case part
    /// As much as there was before the kernel had to drop some; more may wait.
    case lossy
  }

  struct Arrival {
    var bytes: Range<Int>
    var time: Int64
  }

  let descriptor: Int32
  /// So many bursts and a few are more than the kernel's queue can hold; it counts more than 512 bytes for each.
  let fullQueue: Int
  private let buffer: UnsafeMutableRawBufferPointer
  /// What was taken and not let go of, the oldest first.
  private(set) var arrivals: [Arrival] = []
  private var used = 0

  /// Announcements of what the socket with the port `without` makes are left out.
  init(namespace: String?, receiveBytes: Int32, without port: UInt32) throws(NetworkSystemError) {
    descriptor = try NetlinkSocket.open(namespace: namespace, receiveBytes: receiveBytes)
    // Without a filter they are read, and nothing follows from them.
    _ = cnl_leave_out(descriptor, port)
    fullQueue = 4 + 2 * Int(receiveBytes) / (512 * Self.burst)
    buffer = .allocate(byteCount: Self.byteCount, alignment: 16)
    arrivals.reserveCapacity(Self.most)
    for group in Self.groups {
      let result = cnl_join(descriptor, group)
      // Kernels before 5.3 have no nexthop objects.
      guard result == 0 || group == 32 else {
        throw .system(Int(result), "cannot subscribe to rtnetlink group \(group)")
      }
    }
  }

  deinit {
    cnl_close(descriptor)
    buffer.deallocate()
  }

  /// Takes what waits, at most a burst, and as far as there is room.
  func take() throws(NetworkSystemError) -> Extent {
    let limit = min(arrivals.count + Self.burst, Self.most)
    while arrivals.count < limit, buffer.count - used >= Self.leastRoom {
      let length = cnl_receive(descriptor, buffer.baseAddress.map { $0 + used }, buffer.count - used, 0)
      switch length {
      case 1...:
        arrivals.append(Arrival(bytes: used..<used + length, time: MonotonicTime.now))
        used += (length + 15) & ~15
      case -Int(ETIMEDOUT): return .all
      case -Int(EPERM): continue
      case -Int(ENOBUFS), -Int(EMSGSIZE): return .lossy
      default: throw .system(length, "cannot read the kernel's notifications")
      }
    }
    return .part
  }

  /// Lets go of what was taken.
  func clear() {
    arrivals.removeAll(keepingCapacity: true)
    used = 0
  }

  func bytes(of arrival: Arrival) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[arrival.bytes])
  }
}
