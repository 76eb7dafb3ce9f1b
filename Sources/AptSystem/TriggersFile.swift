internal import PackageAnalysis

/// A package's `triggers` control file. Source: `deb-triggers(5)`.
struct TriggersFile {
  let bytes: [UInt8]

  /// The lines that are understood; comments and others are left out.
  var declarations: [TriggerDeclaration] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let text = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
      let words = text.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let directive = TriggerDeclaration.Directive(rawValue: String(words[0])) else {
        return nil
      }
      return TriggerDeclaration(directive: directive, trigger: String(words[1]))
    }
  }
}
