public import GateModel

/// The name of a rollout, as apt writes a version: `systemd=252.39-1~deb12u1`.
public struct RolloutID: Sendable, Hashable, Codable, CustomStringConvertible {
  public let source: String
  public let version: PackageVersion

  /// nil if the source is no name of a package (Debian Policy, section 5.6.1) or the version has other characters than a
  /// version may have (section 5.6.12).
  public init?(source: String, version: String) {
    let isName =
      (2...128).contains(source.utf8.count)
      && source.utf8.allSatisfy { $0.isASCIILetterOrDigit || "+-.".utf8.contains($0) }
    let isVersion =
      (1...128).contains(version.utf8.count)
      && version.utf8.allSatisfy { $0.isASCIILetterOrDigit || "+-.~:".utf8.contains($0) }
    guard isName, isVersion else { return nil }
    self.source = source
    self.version = PackageVersion(version)
  }

  private init(_ source: String, _ version: PackageVersion) {
    self.source = source
    self.version = version
  }

  /// Of no package: what a forecast plays.
  static let assumed = RolloutID("forecast", PackageVersion("1"))

  /// Reads `SOURCE=VERSION`.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init(source: String(parts[0]), version: String(parts[1]))
  }

  public var description: String { "\(source)=\(version)" }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = RolloutID(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "`\(text)` is no `SOURCE=VERSION`"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
