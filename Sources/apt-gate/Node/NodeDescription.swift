import GateModel
import Glibc

/// The machine that a check was made on.
struct NodeDescription: Sendable, Hashable {
  var hostname: String
  /// The kernel's name of the machine, such as `x86_64`.
  var machine: String
  /// The release of the running kernel.
  var kernel: String
  /// `ID` of os-release(5); nil if it is not said.
  var system: String?
  /// `VERSION_ID` of os-release(5); nil if it is not said.
  var systemVersion: String?
  /// Whether systemd is the running manager. Source: `sd_booted(3)`.
  var isSystemdRunning: Bool
  /// The upstream version of the installed systemd, such as `252`; nil if none was found.
  var systemdVersion: String?

  var json: JSONValue {
    [
      "hostname": .string(hostname),
      "architecture": .string(machine),
      "os": ["id": .optional(system), "version": .optional(systemVersion)],
      "kernel": .string(kernel),
      "systemd": ["running": .bool(isSystemdRunning), "version": .optional(systemdVersion)],
    ]
  }
}

extension NodeDescription {
  /// The machine that this process runs on, with the operating system below `root`.
  static func current(root: String = "/") -> NodeDescription {
    var names = utsname()
    let isKnown = uname(&names) == 0
    let release = OSRelease(below: root)
    return NodeDescription(
      hostname: isKnown ? text(&names.nodename) : "", machine: isKnown ? text(&names.machine) : "",
      kernel: isKnown ? text(&names.release) : "", system: release["ID"], systemVersion: release["VERSION_ID"],
      isSystemdRunning: access("/run/systemd/system", F_OK) == 0, systemdVersion: systemdVersion(below: root))
  }

  /// The text in a field of `utsname`: bytes up to a zero.
  private static func text<Field>(_ field: inout Field) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// systemd names its private library after its version: `libsystemd-shared-252.so`.
  private static func systemdVersion(below root: String) -> String? {
    let prefix = "libsystemd-shared-"
    let folders = ["/usr/lib/systemd", "/usr/lib/x86_64-linux-gnu/systemd", "/usr/lib/aarch64-linux-gnu/systemd"]
    let names = folders.flatMap { TextFile.names(in: root + $0) }
    guard let name = names.sorted().last(where: { $0.hasPrefix(prefix) && $0.hasSuffix(".so") }) else { return nil }
    return String(name.dropFirst(prefix.count).dropLast(3).prefix { $0 != "-" })
  }
}
