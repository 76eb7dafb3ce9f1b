/// A version of systemd-networkd: the upstream number and that of the stable branch, such as 252.38.
public struct NetworkdVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var major: Int
  /// 0 for a version without one, such as 257.
  public var minor: Int

  public init(_ major: Int, _ minor: Int = 0) {
    self.major = major
    self.minor = minor
  }

  /// The version that a text starts with: `252`, `252.38`, `v249.11`, `252.38-1~deb12u1`, `257~rc1-2`,
  /// `systemd 252 (252.38-1~deb12u1)`; nil if there is none.
  ///
  /// Where the text has a version in brackets it counts, because it is the more exact.
  public init?(_ text: some StringProtocol) {
    if let bracket = text.firstIndex(of: "("), let inner = Self(Substring(text[text.index(after: bracket)...])) {
      self = inner
      return
    }
    guard let start = text.firstIndex(where: \.isASCIIDigit) else { return nil }
    let numbers = text[start...].prefix { $0.isASCIIDigit || $0 == "." }.split(separator: ".")
    guard let major = numbers.first.flatMap({ Int($0) }) else { return nil }
    self.init(major, numbers.count > 1 ? Int(numbers[1]) ?? 0 : 0)
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.major == right.major ? left.minor < right.minor : left.major < right.major
  }

  public var description: String { minor == 0 ? String(major) : "\(major).\(minor)" }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
