internal import Glibc
internal import PackageAnalysis

/// dpkg's list of a package's files: a path in each line, directories among them.
struct PackageFileList {
  let bytes: [UInt8]

  /// The files and links, in package order, without directories; links as they are on the node.
  func files(root: String) -> [PackagedFile] {
    let paths = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    lazy var parents = Set(paths.map { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] })
    var files: [PackagedFile] = []
    files.reserveCapacity(paths.count)
    for (index, path) in paths.enumerated() where Self.isPlain(path) {
      // A directory stands before what is in it, so most need no look at the node.
      if index + 1 < paths.count, paths[index + 1].utf8.starts(with: "\(path)/".utf8) { continue }
      switch NodeEntry(path, root: root) {
      case .directory: continue
      // On a merged /usr a directory of the package, such as /lib64, is a link on the node.
      case .link where parents.contains(path[...]): continue
      case .link(let target): files.append(PackagedFile(path: path, linkTarget: target))
      case .other: files.append(PackagedFile(path: path))
      }
    }
    return files
  }

  /// Absolute, and without a part that is `.` or `..`.
  private static func isPlain(_ path: String) -> Bool {
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { return false }
    // Most paths have no part that begins with a dot.
    guard path.contains("/.") else { return path.utf8.count > 1 }
    return !path.split(separator: "/").contains { $0 == "." || $0 == ".." }
  }
}

/// What is at a path of the node, as far as a file list asks.
private enum NodeEntry {
  case directory
  case link(target: String)
  /// A file, or nothing.
  case other

  init(_ path: String, root: String) {
    let full = root == "/" ? path : root + path
    var status = stat()
    guard lstat(full, &status) == 0 else {
      self = .other
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: self = .directory
    case S_IFLNK: self = Self.target(of: full).map { .link(target: $0) } ?? .other
    default: self = .other
    }
  }

  private static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
