/// What a client of FleetLock says of itself: its id and its group. Source: Zincati's docs/development/fleetlock/protocol.md;
/// the bound is this project's.
public enum FleetLockWord: String, Sendable, CaseIterable {
  case id, group

  /// Bytes.
  public static let longest = 128

  /// Which characters it has, for people.
  private var characters: String {
    switch self {
    case .id: "visible ASCII characters"
    case .group: "letters, digits, dots and hyphens"
    }
  }

  /// Why it cannot be `text`; nil if nothing is wrong.
  public func problem(with text: String) -> String? {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(allows) else {
      return "`\(rawValue)` is 1 to \(Self.longest) \(characters)"
    }
    return nil
  }

  private func allows(_ byte: UInt8) -> Bool {
    switch self {
    case .id: (0x21...0x7E).contains(byte)
    case .group: byte.isASCIILetterOrDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
  }
}
