/// Names of units. Source: systemd.unit(5).
public enum UnitName {
  /// The type, which is the suffix: `service`, `socket`, ...; nil if there is none.
  public static func type(of name: String) -> Substring? {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return name[name.index(after: dot)...]
  }

  /// Whether it is a template or an instance of one, such as `getty@.service` or `getty@tty1.service`.
  public static func isTemplated(_ name: String) -> Bool { name.contains("@") }

  /// Whether it is one that a unit can have: it may become part of a path.
  ///
  /// Source: systemd, src/basic/unit-name.c: letters, digits, `:-_.\@`, at most 255 bytes, and a suffix.
  public static func isValid(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 255, type(of: name)?.isEmpty == false else { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || ":-_.\\@".utf8.contains(byte)
    }
  }
}
