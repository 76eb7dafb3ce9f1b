internal import CAptPkg
internal import Glibc

/// Lists directories.
enum DirectoryNames {
  /// The names in the directory, sorted, without `.` and `..`; nil if it is absent or cannot be read.
  static func names(in directory: String, root: String = "/") -> [String]? {
    guard !directory.utf8.contains(0), !root.utf8.contains(0) else { return nil }
    let descriptor = capt_open_below(root, directory)
    guard descriptor >= 0 else { return nil }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
