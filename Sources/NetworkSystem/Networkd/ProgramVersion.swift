internal import FoundationEssentials
import Glibc
public import NetworkState

/// Which version of systemd a program is, read from its bytes: running it would need its libraries and its root
/// directory, and says nothing of what is in memory.
///
/// Every version prints `systemd NNN (VERSION)` for `--version`; that text, or the pattern that it is printed by, stands
/// in the library `libsystemd-shared-NNN.so` that its programs share, or in the program itself where that is linked in.
/// Source: `version()`, src/shared/build.c, 234 to 262.
public enum ProgramVersion {
  private static let folders = ["/usr/lib/systemd", "/lib/systemd"]
  private static let sizeLimit = 128 << 20
  /// What stands before the version: as 234 to 256 have it, and as 257 and later print it.
  private static let marks = ["systemd 2", "systemd %i%s ("]

  /// The version of the networkd that would start from the files under `root`: that of its library, else that of
  /// Debian's package `systemd`; nil if there is none.
  public static func onDisk(root: String) -> NetworkdVersion? {
    for folder in folders {
      guard let program = contents("\(root)\(folder)/systemd-networkd") else { continue }
      if let version = version(in: program) { return version }
      guard let library = program.text(from: "libsystemd-shared-") else { continue }
      let libraries = libraryFolders(root).lazy.compactMap { contents("\(root)\($0)/\(library)") }
      if let version = libraries.compactMap(version(in:)).first ?? NetworkdVersion(library) { return version }
    }
    return packageVersion(root: root)
  }

  /// `/lib/systemd`, `/lib/x86_64-linux-gnu/systemd` and the like.
  private static func libraryFolders(_ root: String) -> [String] {
    let parents = ["/usr/lib", "/lib"]
    return folders
      + parents.flatMap { parent in
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + parent)) ?? []
        return names.filter { $0.contains("-linux-") }.map { "\(parent)/\($0)/systemd" }
      }
  }

  /// The version of a process by the library that it has mapped, also if the file is gone since.
  static func ofProcess(_ pid: Int32) -> NetworkdVersion? {
    let lines = ProcFile.text("/proc/\(pid)/maps")?.split(separator: "\n") ?? []
    guard let line = lines.first(where: { $0.contains("/libsystemd-shared-") }) else {
      return contents("/proc/\(pid)/exe").flatMap(version(in:))
    }
    let path = line.drop { $0 != "/" }
    let mapped = contents("/proc/\(pid)/map_files/\(line.prefix { $0 != " " })")
    return (mapped ?? contents("/proc/\(pid)/root\(path)")).flatMap(version(in:))
      ?? path.split(separator: "/").last.flatMap { NetworkdVersion($0) }
  }

  private static func contents(_ path: String) -> [UInt8]? { try? StoredFile.read(path, limit: sizeLimit) }

  /// The version in the first text of the form `systemd ... (VERSION)`.
  static func version(in bytes: [UInt8]) -> NetworkdVersion? {
    marks.lazy.compactMap { bytes.text(from: $0) }.compactMap { text in
      text.contains("(") ? NetworkdVersion(text) : nil
    }.first
  }

  /// What dpkg says is installed.
  private static func packageVersion(root: String) -> NetworkdVersion? {
    guard let status = contents("\(root)/var/lib/dpkg/status"),
      let paragraph = status.text(from: "\nPackage: systemd\n", until: "\n\n")
    else { return nil }
    let line = paragraph.split(separator: "\n").first { $0.hasPrefix("Version: ") }
    return line.flatMap { NetworkdVersion($0.dropFirst("Version: ".count)) }
  }
}

extension [UInt8] {
  /// The text from the first place where `start` stands to where `end` stands after it, at most 4096 bytes; nil if
  /// `start` stands nowhere.
  fileprivate func text(from start: String, until end: String = "\0") -> String? {
    withUnsafeBytes { all in
      guard let found = all.place(of: start) else { return nil }
      let rest = UnsafeRawBufferPointer(rebasing: all[found...].prefix(4096))
      return String(decoding: rest.prefix(rest.place(of: end) ?? rest.count), as: UTF8.self)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the first place is at which `text` stands.
  fileprivate func place(of text: String) -> Int? {
    let wanted = Array(text.utf8)
    guard let base = baseAddress, let first = wanted.first else { return nil }
    var offset = 0
    while offset + wanted.count <= count {
      let last = count - wanted.count + 1
      guard let found = memchr(base + offset, Int32(first), last - offset) else { return nil }
      if memcmp(found, wanted, wanted.count) == 0 { return UnsafeRawPointer(found) - base }
      offset = UnsafeRawPointer(found) - base + 1
    }
    return nil
  }
}
