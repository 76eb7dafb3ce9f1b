internal import FoundationEssentials
import Glibc

/// Where, when and why a snapshot is taken.
public struct SnapshotOrigin: Sendable, Hashable {
  /// Microseconds since 1970, UTC.
  public var microseconds: Int64
  public var host: String
  public var bootID: String
  public var kernel: String
  public var why: String
  /// Nil if it is not known.
  public var namespace: NetworkNamespace?

  public init(
    microseconds: Int64, host: String, bootID: String, kernel: String, why: String, namespace: NetworkNamespace? = nil
  ) {
    self.microseconds = microseconds
    self.host = host
    self.bootID = bootID
    self.kernel = kernel
    self.why = why
    self.namespace = namespace
  }

  /// This machine, now, in the network namespace at a path or that of this process. What cannot be read is empty.
  public static func here(why: String, namespace: String? = nil) -> Self {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Self(
      microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000,
      host: line("/proc/sys/kernel/hostname"), bootID: line("/proc/sys/kernel/random/boot_id"),
      kernel: line("/proc/sys/kernel/osrelease"), why: why, namespace: NetworkNamespace(at: namespace))
  }

  private static func line(_ path: String) -> String {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return String(decoding: data.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// RFC 3339 in UTC with microseconds.
  var time: String { format("%Y-%m-%dT%H:%M:%S") + ".\(fraction)Z" }

  /// An id that sorts by time: the time and four random digits.
  func makeID() -> String {
    let random = String(UInt16.random(in: 0 ... .max), radix: 16)
    return format("%Y%m%dT%H%M%S") + ".\(fraction)Z-" + String(repeating: "0", count: 4 - random.count) + random
  }

  private var fraction: String {
    let digits = String(microseconds % 1_000_000)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private func format(_ pattern: String) -> String {
    var seconds = time_t(microseconds / 1_000_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    let length = strftime(&text, text.count, pattern, &parts)
    return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
