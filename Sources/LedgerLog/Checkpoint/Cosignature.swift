public import GateModel

/// A witness's word that, at a time, a checkpoint was consistent with all that it had seen. Source: C2SP tlog-cosignature.
public struct Cosignature: Sendable, Hashable {
  public let time: Timestamp
  private let signature: [UInt8]

  /// Eight bytes of time, the most significant first, and the signature; nil otherwise.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == 72 else { return nil }
    let seconds = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let signed = Int64(exactly: seconds) else { return nil }
    time = Timestamp(secondsSinceEpoch: signed)
    signature = Array(bytes[8...])
  }

  func isValid(of text: String, by key: VerifierKey) -> Bool {
    key.verifies(signature, of: Self.message(of: text, at: time))
  }

  private static func message(of text: String, at time: Timestamp) -> [UInt8] {
    Array("cosignature/v1\ntime \(time.secondsSinceEpoch)\n\(text)".utf8)
  }

  /// What a witness adds to a note with this text. `time` must not lie before 1970.
  static func signature(
    of text: String, by key: SigningKey, at time: Timestamp
  ) throws(LedgerLogError) -> NoteSignature {
    guard let seconds = UInt64(exactly: time.secondsSinceEpoch) else {
      throw LedgerLogError(.signatureInvalid, "a cosignature cannot be from before 1970")
    }
    let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: seconds >> (8 * $0)) }
    let signature = bytes + (try key.signature(of: message(of: text, at: time)))
    return NoteSignature(name: key.name, keyID: key.verifierKey.id, signature: signature)
  }
}
