internal import CAptPkg
internal import PackageAnalysis

/// The field `Conffiles` of dpkg's status: a path, an MD5 and perhaps marks in each line.
///
/// Source: dpkg 1.21, where marks are `obsolete` and `remove-on-upgrade`.
struct ConffilesField {
  private let value: String

  init(_ value: String) {
    self.value = value
  }

  /// The conffiles that the package still ships, with the digests of the files as they are below `root`.
  func conffiles(root: String) -> [Conffile] {
    value.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ")
      guard let last = words.last, last != "obsolete", last != "remove-on-upgrade", words.count >= 2 else { return nil }
      words.removeLast()
      let path = words.joined(separator: " ")
      guard path.hasPrefix("/") else { return nil }
      // `newconffile` stands for the digest while the package is being installed.
      let digest = last.count == 32 ? String(last) : nil
      return Conffile(path: path, packagedDigest: digest, nodeDigest: Self.digest(of: path, root: root))
    }
  }

  /// A larger file than this is no configuration.
  private static let sizeLimit = 64 << 20

  /// MD5 in hexadecimal of a regular file; nil if it is not there or cannot be read.
  static func digest(of path: String, root: String) -> String? {
    guard let file = OpenFile(path, root: root), file.size <= sizeLimit else { return nil }
    return AptLibrary.alone {
      var digest = [CChar](repeating: 0, count: 33)
      guard capt_md5(file.descriptor, &digest) != 0 else { return nil }
      return String(decoding: digest.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
