internal import FoundationEssentials
import Glibc
public import NetworkState

/// The systemd-networkd that runs in a network namespace.
public struct NetworkdProcess: Sendable, Hashable {
  public var pid: Int32
  /// What it was built as; nil if that cannot be read. The files on disk may be of another version by now.
  public var version: NetworkdVersion?
  /// Where its root directory is seen from here; empty if it has the root directory of this process.
  public var root: String
  /// Whether the service manager gave it a place to leave descriptors for its successor; nil if that cannot be read.
  public var hasDescriptorStore: Bool?
  /// When it started: seconds since 1970, UTC; nil if that cannot be read.
  public var startTime: Double?

  /// The one that runs in the namespace at a path such as `/run/netns/NAME`, or in that of this process; nil if none
  /// does. Of several the last started counts. Without root's rights the namespace of another user's process cannot
  /// be read: one that cannot be told from ours counts as ours.
  ///
  /// Throws `noNamespace`.
  public static func running(namespace: String? = nil) throws(NetworkSystemError) -> NetworkdProcess? {
    guard let own = FileIdentity(namespace ?? "/proc/self/ns/net") else {
      throw NetworkSystemError(.noNamespace, "`\(namespace ?? "")` is no network namespace; see `ip netns list`")
    }
    let pids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    let found = pids.filter(isNetworkd).filter { pid in
      guard let theirs = FileIdentity("/proc/\(pid)/ns/net") else { return namespace == nil }
      return theirs == own
    }
    return found.map(NetworkdProcess.init(pid:)).max { ($0.startTime ?? 0, $0.pid) < ($1.startTime ?? 0, $1.pid) }
  }

  /// By the path of its program, which a process of another user shows in its command line only. The name of the
  /// process alone is cut off and the same as that of `systemd-networkd-wait-online`.
  private static func isNetworkd(_ pid: Int32) -> Bool {
    guard ProcFile.text("/proc/\(pid)/comm")?.hasPrefix("systemd-network") == true else { return false }
    let words = (ProcFile.bytes("/proc/\(pid)/cmdline") ?? []).split(separator: 0)
    guard let program = words.first.map({ String(decoding: $0, as: UTF8.self) }) else { return false }
    return program.split(separator: "/").last == "systemd-networkd"
  }
}

extension NetworkdProcess {
  fileprivate init(pid: Int32) {
    self.pid = pid
    let sameRoot = FileIdentity("/proc/\(pid)/root/.").map { $0 == FileIdentity("/.") } ?? true
    root = sameRoot ? "" : "/proc/\(pid)/root"
    version = ProgramVersion.ofProcess(pid)
    hasDescriptorStore = ProcFile.bytes("/proc/\(pid)/environ").map { bytes in
      bytes.split(separator: 0).contains { $0.starts(with: Array("NOTIFY_SOCKET=".utf8)) }
    }
    startTime = ProcFile.startTime(pid)
  }
}

/// Which file a path means: two paths with the same identity are the same file.
struct FileIdentity: Hashable {
  private var device: UInt
  private var inode: UInt

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}

/// Files of `/proc`, whose size is not known before they are read.
enum ProcFile {
  static func bytes(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

  static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

  /// Source: proc_pid_stat(5): field 22, in clock ticks since boot; the name before it may hold anything.
  static func startTime(_ pid: Int32) -> Double? {
    guard let stat = text("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[end...].split(separator: " ")
    guard fields.count > 20, let ticks = Double(fields[20]) else { return nil }
    return clock(CLOCK_REALTIME) - clock(CLOCK_BOOTTIME) + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func clock(_ id: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(id, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
