/// Which files of a package a maintainer script may source or run, so that their text is kept.
///
/// The choice only bounds memory: a text that is not kept makes the script that needs it `unknown`, never harmless.
enum TextSelection {
  /// Directories whose text files without an extension, or with one of `extensions`, are kept: what maintainer scripts of
  /// Debian 12 source (`/usr/share/debconf/confmodule`, `/usr/share/postgresql-common/maintscripts-functions`,
  /// `/lib/lsb/init-functions`), and hooks that tools run (`/etc/kernel`, `/etc/init.d`).
  private static let directories = ["/etc/", "/usr/share/", "/usr/lib/", "/lib/"]
  /// Below these are texts that no script sources.
  private static let excluded = [
    "/usr/share/doc/", "/usr/share/man/", "/usr/share/locale/", "/usr/share/info/", "/usr/share/icons/",
    "/usr/share/fonts/", "/usr/share/zoneinfo/", "/usr/share/perl/", "/usr/share/perl5/", "/usr/share/lintian/",
    "/usr/share/i18n/", "/usr/share/vim/", "/usr/share/mime/", "/usr/lib/modules/", "/lib/modules/",
    "/usr/lib/python3", "/usr/lib/firmware/", "/lib/firmware/",
  ]
  /// Shell; units; and the configuration that is compared with what stands on the node, to tell whether it changes.
  private static let extensions: Set<String> = [
    "sh", "bash", "functions", "service", "socket", "timer", "target", "path", "mount", "network", "netdev", "link",
    "rules", "yaml", "conf",
  ]

  /// Whether the file's bytes are worth reading. `mode`: a program anywhere may be a script.
  static func mayWant(path: String, size: UInt64, mode: UInt32) -> Bool {
    guard size > 0, size <= ArchiveLimits.textSize else { return false }
    return mode & 0o111 != 0 || isInTextDirectory(path)
  }

  /// Whether the file's text is worth keeping.
  static func wants(path: String, data: [UInt8]) -> Bool {
    if isShellScript(data) { return true }
    return isInTextDirectory(path) && !data.prefix(1024).contains(0)
  }

  private static func isInTextDirectory(_ path: String) -> Bool {
    guard directories.contains(where: path.hasPrefix), !excluded.contains(where: path.hasPrefix) else { return false }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    let name = path.utf8[slash...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return true }
    return extensions.contains(String(decoding: name[name.index(after: dot)...], as: UTF8.self))
  }

  /// Whether the first line names a shell as interpreter.
  private static func isShellScript(_ data: [UInt8]) -> Bool {
    guard data.starts(with: "#!".utf8) else { return false }
    let line = String(decoding: data.prefix(128).prefix { $0 != 0x0A }.dropFirst(2), as: UTF8.self)
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "/" }
    return words.contains { ["sh", "dash", "bash", "ash"].contains($0) }
  }
}
