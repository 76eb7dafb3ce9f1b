/// One entry of a tar archive.
struct TarEntry {
  enum Kind {
    case file, hardLink, symbolicLink, directory, other
  }

  var kind: Kind
  /// Absolute, with no `.` or `..` in it.
  var path: String
  /// Target of a link: of a symbolic link as written, of a hard link as an absolute path.
  var linkTarget: String?
  /// Bytes of data that follow the header; 0 for anything but a file.
  var size: UInt64
  /// Permission bits.
  var mode: UInt32
}
