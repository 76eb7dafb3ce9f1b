/// Paths of archive entries, made absolute.
enum ArchivePath {
  /// The absolute path that `bytes` name below the root: no `.`, no empty part, no slash at the end.
  ///
  /// nil if it has a `..` part, a NUL or a newline, or is longer than a path can be: dpkg would refuse the name
  /// or leave the root. Bytes that are no UTF-8 are repaired.
  static func normalised(_ bytes: some Collection<UInt8>) -> String? {
    guard bytes.count <= ArchiveLimits.pathLength, !bytes.contains(0), !bytes.contains(0x0A) else { return nil }
    var path: [UInt8] = []
    path.reserveCapacity(bytes.count + 1)
    for part in bytes.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual([0x2E]) { continue }
      if part.elementsEqual([0x2E, 0x2E]) { return nil }
      path.append(UInt8(ascii: "/"))
      path += part
    }
    return path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
  }

  /// The directory that `path` is in; nil for the root.
  static func parent(of path: String) -> String? {
    guard path != "/", let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
