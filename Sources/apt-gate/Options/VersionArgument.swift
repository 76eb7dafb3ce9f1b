import ArgumentParser
import GateModel

/// A version given by a person, checked against `deb-version(7)`.
struct VersionArgument: Sendable, Hashable, ExpressibleByArgument {
  var version: PackageVersion

  init?(argument: String) {
    guard Self.isVersion(argument) else { return nil }
    version = PackageVersion(argument)
  }

  /// Whether `text` is `[epoch:]upstream[-revision]`: a number as epoch, an upstream version that begins
  /// with a digit, and in both parts only the characters that deb-version(7) allows.
  static func isVersion(_ text: String) -> Bool {
    var rest = Substring(text)
    var upstreamExtra: Set<Character> = [".", "+", "~", "-"]
    if let colon = rest.firstIndex(of: ":") {
      guard Int32(rest[..<colon]) != nil, rest.first?.isNumber == true else { return false }
      rest = rest[rest.index(after: colon)...]
      upstreamExtra.insert(":")
    }
    var upstream = rest
    if let hyphen = rest.lastIndex(of: "-") {
      upstream = rest[..<hyphen]
      let revision = rest[rest.index(after: hyphen)...]
      guard !revision.isEmpty, revision.allSatisfy({ isAlphanumeric($0) || "+.~".contains($0) }) else { return false }
    }
    guard let first = upstream.first, first.isASCII, first.isNumber else { return false }
    return upstream.allSatisfy { isAlphanumeric($0) || upstreamExtra.contains($0) }
  }

  private static func isAlphanumeric(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }
}
