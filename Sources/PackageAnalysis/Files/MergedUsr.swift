/// Paths as they are once the links of merged `/usr` are followed, so that `/lib/x` and `/usr/lib/x` are the same file.
///
/// Source: Debian 12's release notes, 5.1.2 ("usrmerge"), and `file-hierarchy(7)`.
enum MergedUsr {
  static func resolved(_ path: String) -> String {
    for directory in ["/lib/", "/bin/", "/sbin/"] where path.hasPrefix(directory) { return "/usr" + path }
    return path
  }
}
