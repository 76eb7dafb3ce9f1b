/// The control file `md5sums`: a line a regular file of data.tar that is no conffile. Source: `deb-md5sums(5)`.
enum ChecksumsFile {
  /// Absolute paths, in the order of the file; lines that are none are passed over.
  static func paths(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      // 32 hexadecimal digits, two spaces, a path relative to the root.
      guard line.count > 34 else { return nil }
      return ArchivePath.normalised(line.dropFirst(34)).flatMap { $0 == "/" ? nil : $0 }
    }
  }
}
