import Glibc

/// The kernel's id of this boot. Source: random(4), `/proc/sys/kernel/random/boot_id`.
public enum BootID {
  /// 32 hexadecimal digits.
  public static func current() throws(SystemdError) -> String {
    let path = "/proc/sys/kernel/random/boot_id"
    guard let bytes = SmallFile.contents(of: path, limit: 4096) else { throw .file("cannot read `\(path)`") }
    return String(decoding: bytes.filter { $0 != UInt8(ascii: "-") && $0 > 0x20 }, as: UTF8.self)
  }
}
