import Glibc

/// Small files and folders of the machine, read with a bound.
enum TextFile {
  /// No file that is read here is anywhere near as long.
  static let limit = 1 << 20

  /// The text of a regular file, up to ``limit`` bytes; nil if it cannot be read.
  static func contents(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 12)
    var text: [UInt8] = []
    while text.count < limit {
      let count = fread(&bytes, 1, bytes.count, file)
      guard count > 0 else { break }
      text += bytes[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Names in a folder, in no order; none if it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
