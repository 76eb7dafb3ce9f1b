/// What is wrong with a piece of a ledger, and where in it.
public struct LedgerLogError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Not the canonical form of RFC 8785.
    case notCanonical = "not-canonical"
    /// Canonical JSON, but no entry of a kind that this version knows.
    case entryMalformed = "entry-malformed"
    /// An entry is longer than an entry bundle can hold.
    case entryTooLong = "entry-too-long"
    /// Not a signed note, or not the text of a checkpoint.
    case noteMalformed = "note-malformed"
    /// A key's text cannot be read.
    case keyMalformed = "key-malformed"
    /// No signature by the key, or one that does not fit.
    case signatureInvalid = "signature-invalid"
    /// A proof does not lead to the root.
    case proofInvalid = "proof-invalid"
    /// A hash of the tree is not among the tiles.
    case hashMissing = "hash-missing"
  }

  public var code: Code
  /// One line: lower-case, no final full stop.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
