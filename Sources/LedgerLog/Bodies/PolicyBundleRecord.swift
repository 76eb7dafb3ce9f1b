internal import GateModel

/// A bundle of policies came from the fleet's coordinator: it was put into force, or refused.
public struct PolicyBundleRecord: Sendable, Hashable {
  public enum Result: String, Sendable, Hashable, CaseIterable { case installed, refused }

  public var result: Result
  /// The version that was offered.
  public var version: Int
  /// Who signed it; nil where no signature was looked at.
  public var signer: String?
  /// SHA-256 of what was signed, in hex.
  public var digest: String?
  /// Why it was refused.
  public var message: String?

  public init(
    _ result: Result, version: Int, signer: String? = nil, digest: String? = nil, message: String? = nil
  ) {
    self.result = result
    self.version = version
    self.signer = signer
    self.digest = digest
    self.message = message
  }
}

extension PolicyBundleRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("result", .string(result.rawValue)), ("version", .number(version)), ("signer", .text(signer)),
      ("digest", .text(digest)), ("message", .text(message))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      try reader.choice("result"), version: try reader.number("version"), signer: try reader.optionalText("signer"),
      digest: try reader.optionalText("digest"), message: try reader.optionalText("message"))
  }
}
