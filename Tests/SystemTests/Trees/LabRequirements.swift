import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What the slow tests need of the machine. Without it they are skipped, and say why.
enum LabRequirements {
  /// The first thing that is not there; nil if all is.
  static let unmet: String? = firstUnmet()

  /// Enables a test only where the lab can run.
  static var trait: ConditionTrait {
    .enabled(if: unmet == nil, "\(unmet ?? "everything the lab needs is there")")
  }

  /// Enables the benchmark of the hooks only where it was asked for.
  static var hookTimes: ConditionTrait {
    let isWanted = ProcessInfo.processInfo.environment["APT_GATE_HOOK_TIMES"] == "1"
    return .enabled(if: isWanted, "a benchmark, which runs only with APT_GATE_HOOK_TIMES=1 (`make bench` sets it)")
  }

  private static func firstUnmet() -> String? {
    guard ProcessInfo.processInfo.environment["APT_GATE_SYSTEM_TESTS"] == "1" else {
      return "system tests run only with APT_GATE_SYSTEM_TESTS=1 (`make system` sets it)"
    }
    guard geteuid() == 0 else { return "system tests build root trees, which needs root" }
    let tools = ["mmdebstrap", "unshare", "timeout", "xargs", "apt-get", "perl", "python3", "ip", "dnsmasq", "strace"]
    for tool in tools where !succeeds(["which", tool]) {
      return "`\(tool)` is not installed"
    }
    guard succeeds(["unshare", "--mount", "--pid", "--ipc", "--uts", "--net", "--fork", "--kill-child", "true"]) else {
      return "namespaces cannot be made here"
    }
    guard succeeds(["sh", "-c", "grep -qw overlay /proc/filesystems || modprobe overlay"]) else {
      return "the kernel has no overlay file system"
    }
    guard succeeds([LabFolder.script("archive-reachable")]) else { return "Debian's archive cannot be reached" }
    return nil
  }

  private static func succeeds(_ words: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.start()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
