/// A package's `conffiles` control file. Source: `deb-conffiles(5)`.
public enum ConffilesFile {
  /// The absolute, normalised paths of the conffiles that the package ships, in order and without repeats.
  ///
  /// Lines with the flag `remove-on-upgrade` name files that it does not ship; they and lines that are no absolute
  /// path are left out.
  public static func paths(_ bytes: [UInt8]) -> [String] {
    var seen: Set<String> = []
    return bytes.split(separator: 0x0A).compactMap { line in
      guard line.first == UInt8(ascii: "/") else { return nil }
      var path = line
      while let last = path.last, last == 0x20 || last == 0x09 || last == 0x0D { path.removeLast() }
      guard let normalised = ArchivePath.normalised(path), seen.insert(normalised).inserted else { return nil }
      return normalised
    }
  }
}
