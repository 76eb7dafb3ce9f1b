internal import FoundationEssentials

enum SmallTextFile {
  /// The only line of the file at `path`.
  static func line(of path: String) throws -> String {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)), bytes.count <= 4096 else {
      throw CoordinatorClientError(.configuration, "the token in `\(path)` cannot be read")
    }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    guard !text.isEmpty else { throw CoordinatorClientError(.configuration, "the file `\(path)` has no token in it") }
    return text
  }
}
