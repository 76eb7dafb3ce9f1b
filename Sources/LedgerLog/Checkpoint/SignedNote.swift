/// A text with signatures below it. Source: C2SP signed-note.
public struct SignedNote: Sendable, Hashable {
  /// Ends with a newline.
  public var text: String
  public var signatures: [NoteSignature]

  /// More than the 16 that a verifier must accept.
  static let mostSignatures = 100

  public init(text: String, signatures: [NoteSignature] = []) {
    self.text = text
    self.signatures = signatures
  }

  /// The whole note, as it is written to a file.
  public var description: String {
    text + "\n" + signatures.map { "— \($0.name) \(StrictBase64.text(of: $0.keyID + $0.signature))\n" }.joined()
  }

  /// Reads a note; signatures are not checked yet.
  public init(_ bytes: [UInt8]) throws(LedgerLogError) {
    guard let whole = String(validating: bytes, as: UTF8.self),
      !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }), bytes.last == 0x0A
    else { throw LedgerLogError(.noteMalformed, "not a signed note: not UTF-8 lines without control characters") }
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let blank = lines.lastIndex(of: ""), blank > 0 else {
      throw LedgerLogError(.noteMalformed, "not a signed note: no blank line before its signatures")
    }
    text = lines[..<blank].map { $0 + "\n" }.joined()
    let signatureLines = lines[(blank + 1)...]
    guard (1...Self.mostSignatures).contains(signatureLines.count) else {
      throw LedgerLogError(.noteMalformed, "a signed note with no signature, or over \(Self.mostSignatures)")
    }
    signatures = []
    for line in signatureLines { signatures.append(try NoteSignature(line: line)) }
  }

  /// Adds the signature of an ordinary key.
  public mutating func sign(with key: SigningKey) throws(LedgerLogError) {
    let signature = try key.signature(of: Array(text.utf8))
    signatures.append(NoteSignature(name: key.name, keyID: key.verifierKey.id, signature: signature))
  }

  /// The signature by `key`, once it is checked.
  ///
  /// Signatures of other keys are ignored, as the specification has it; one by `key` that does not fit is an error even
  /// where another one does.
  public func verified(by key: VerifierKey) throws(LedgerLogError) -> NoteSignature {
    let own = signatures.filter { $0.name == key.name && $0.keyID == key.id }
    guard let first = own.first else {
      throw LedgerLogError(.signatureInvalid, "there is no signature by `\(key.name)` with this key")
    }
    for signature in own where !signature.isValid(of: text, by: key) {
      throw LedgerLogError(.signatureInvalid, "the signature by `\(key.name)` does not fit the text")
    }
    return first
  }
}

/// One line below a note.
public struct NoteSignature: Sendable, Hashable {
  public var name: String
  /// Four bytes.
  public var keyID: [UInt8]
  /// What follows the key's identity: 64 bytes, or 72 with the time of a cosignature before them.
  public var signature: [UInt8]

  init(name: String, keyID: [UInt8], signature: [UInt8]) {
    (self.name, self.keyID, self.signature) = (name, keyID, signature)
  }

  init(line: Substring) throws(LedgerLogError) {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "—", NoteName.isValid(parts[1]), let bytes = StrictBase64.bytes(of: parts[2]),
      bytes.count > 4
    else { throw LedgerLogError(.noteMalformed, "a signature line of the note cannot be read") }
    self.init(name: String(parts[1]), keyID: Array(bytes[..<4]), signature: Array(bytes[4...]))
  }

  fileprivate func isValid(of text: String, by key: VerifierKey) -> Bool {
    switch key.kind {
    case .ed25519: key.verifies(signature, of: Array(text.utf8))
    case .cosignature: Cosignature(signature)?.isValid(of: text, by: key) ?? false
    }
  }
}
