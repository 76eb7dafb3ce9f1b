/// A tag of a page, as a strict reader of markup sees it: what stands between `<` and `>`.
struct MarkupTag {
  var name: String
  var attributes: [(name: String, value: String)]

  /// The tag without the values of its attributes. A class only says how a text is laid out, by its length.
  var shape: String { ([name] + attributes.map(\.name).filter { $0 != "class" }).joined(separator: " ") }

  static func all(in page: String) -> [MarkupTag] {
    page.utf8.split(separator: UInt8(ascii: "<")).dropFirst().compactMap { piece in
      guard let end = piece.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      return MarkupTag(piece[..<end])
    }
  }

  private init(_ bytes: Substring.UTF8View) {
    var rest = bytes
    name = Self.taking(&rest) { $0 == 0x20 }
    attributes = []
    while !rest.isEmpty {
      rest = rest.drop { $0 == 0x20 || $0 == UInt8(ascii: "/") }
      let name = Self.taking(&rest) { $0 == UInt8(ascii: "=") || $0 == 0x20 }
      guard !name.isEmpty else { return }
      var value = ""
      if rest.starts(with: "=\"".utf8) {
        rest = rest.dropFirst(2)
        value = Self.taking(&rest) { $0 == UInt8(ascii: "\"") }
        rest = rest.dropFirst()
      }
      attributes.append((name, value))
    }
  }

  private static func taking(_ rest: inout Substring.UTF8View, until isEnd: (UInt8) -> Bool) -> String {
    let word = rest.prefix { !isEnd($0) }
    rest = rest[word.endIndex...]
    return String(decoding: word, as: UTF8.self)
  }
}
