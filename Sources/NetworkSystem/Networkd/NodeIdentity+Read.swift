internal import FoundationEssentials
import Glibc
public import NetworkState

extension NodeIdentity {
  /// This node, with the system under `root`.
  public static func read(root: String) -> NodeIdentity {
    var names = utsname()
    uname(&names)
    return NodeIdentity(
      host: text(of: names.nodename), kernelVersion: text(of: names.release),
      architecture: architectures[text(of: names.machine)], commandLine: commandLine(),
      virtualization: container(root: root).map { .container($0) })
  }

  /// What systemd calls what the kernel calls otherwise. Source: src/basic/architecture.h.
  private static let architectures = [
    "x86_64": "x86-64", "i686": "x86", "aarch64": "arm64", "armv7l": "arm", "ppc64le": "ppc64-le", "s390x": "s390x",
    "riscv64": "riscv64", "loongarch64": "loongarch64", "mips64": "mips64-le",
  ]

  private static func text<Characters>(of field: Characters) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func commandLine() -> Set<String> {
    let words = (ProcFile.text("/proc/cmdline") ?? "").split { $0 == " " || $0 == "\n" }
    return Set(words.flatMap { [String($0), String($0.prefix { $0 != "=" })] })
  }

  /// The container manager as PID 1 of a container says; nil if that is not known, or if it is none.
  private static func container(root: String) -> String? {
    let stated = ProcFile.text("\(root)/run/systemd/container").map { $0.prefix { $0 != "\n" } }
    return stated.map { String($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
