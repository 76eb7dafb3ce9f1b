/// One setting of apt's configuration, as apt's `-o KEY=VALUE` gives it.
///
/// A key that ends in `::` appends to a list. Source: `apt.conf(5)`.
public struct AptOption: Sendable, Hashable {
  public var key: String
  public var value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// Reads `KEY=VALUE`; throws ``AptSystemError/Code/optionMalformed``.
  public init(parsing text: String) throws {
    guard let equals = text.firstIndex(of: "=") else { throw Self.malformed(text, "has no `=`") }
    self.init(key: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    try validate()
  }

  /// Throws if apt could not take the option.
  func validate() throws {
    let shown = "\(key)=\(value)"
    if key.isEmpty { throw Self.malformed(shown, "has no key") }
    if key.unicodeScalars.contains(where: { $0.value <= 0x20 || $0 == "=" || $0.value == 0x7f }) {
      throw Self.malformed(shown, "has a space, a control character or `=` in its key")
    }
    if value.utf8.contains(0) { throw Self.malformed(shown, "has a NUL byte in its value") }
  }

  private static func malformed(_ option: String, _ problem: String) -> AptSystemError {
    AptSystemError(
      code: .optionMalformed, message: "apt option `\(option)` \(problem)",
      advice: "write it as KEY=VALUE, such as Dir::State::lists=/tmp/lists")
  }
}
