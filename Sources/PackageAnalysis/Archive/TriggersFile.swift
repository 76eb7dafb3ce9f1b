/// A package's `triggers` control file. Source: `deb-triggers(5)`.
public enum TriggersFile {
  /// Its directives in order. Lines that are none are left out: dpkg would refuse the package, so they have no effect.
  public static func declarations(_ bytes: [UInt8]) -> [TriggerDeclaration] {
    bytes.split(separator: 0x0A).compactMap { line in
      let text = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
      let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard words.count == 2, let directive = TriggerDeclaration.Directive(rawValue: String(words[0])) else {
        return nil
      }
      return TriggerDeclaration(directive: directive, trigger: String(words[1]))
    }
  }
}
