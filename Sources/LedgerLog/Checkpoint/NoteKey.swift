internal import Crypto
internal import FoundationEssentials

/// How a key signs notes. Source: C2SP signed-note, "Signature types".
public enum NoteKeyKind: UInt8, Sendable, Hashable {
  /// A ledger signs its own checkpoints.
  case ed25519 = 0x01
  /// A witness signs the checkpoint of another, with the time: C2SP tlog-cosignature.
  case cosignature = 0x04
}

/// The public key that a note's signature is checked with, and the name of its owner.
public struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
  public let name: String
  public let kind: NoteKeyKind
  /// 32 bytes: RFC 8032, section 5.1.5.
  public let publicKey: [UInt8]

  init(name: String, kind: NoteKeyKind, publicKey: [UInt8]) {
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
  }

  /// The first four bytes of SHA-256(name, newline, kind, public key).
  public var id: [UInt8] {
    Array(SHA256.hash(data: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).prefix(4))
  }

  /// NAME+ID+KEY, with the identity in hexadecimal and kind and key in base 64.
  public var description: String {
    "\(name)+\(Hexadecimal.text(of: id))+\(StrictBase64.text(of: [kind.rawValue] + publicKey))"
  }

  /// Reads what ``description`` writes; a newline at its end is ignored.
  public init(_ text: String) throws(LedgerLogError) {
    let parts = (text.hasSuffix("\n") ? text.dropLast() : text[...])
      .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, NoteName.isValid(parts[0]), let key = StrictBase64.bytes(of: parts[2]), key.count == 33,
      let kind = NoteKeyKind(rawValue: key[0])
    else { throw LedgerLogError(.keyMalformed, "not a verifier key: it is NAME+ID+KEY, as C2SP signed-note has it") }
    self.init(name: String(parts[0]), kind: kind, publicKey: Array(key[1...]))
    guard Hexadecimal.text(of: id) == parts[1] else {
      throw LedgerLogError(.keyMalformed, "the verifier key's identity does not fit its name and key")
    }
  }

  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

/// The private key that signs notes.
public struct SigningKey: Sendable {
  public let name: String
  public let kind: NoteKeyKind
  private let key: Curve25519.Signing.PrivateKey

  /// A new key from the system's random numbers.
  public static func random(name: String, kind: NoteKeyKind = .ed25519) throws(LedgerLogError) -> SigningKey {
    try SigningKey(name: name, kind: kind, key: Curve25519.Signing.PrivateKey())
  }

  /// `name` must not be empty and have no space and no plus.
  private init(name: String, kind: NoteKeyKind, key: Curve25519.Signing.PrivateKey) throws(LedgerLogError) {
    guard NoteName.isValid(name[...]) else {
      throw LedgerLogError(.keyMalformed, "`\(name)` cannot name a key: no spaces, no `+`")
    }
    (self.name, self.kind, self.key) = (name, kind, key)
  }

  public var verifierKey: VerifierKey {
    VerifierKey(name: name, kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
  }

  /// PRIVATE+KEY+NAME+ID+SEED: the form of golang.org/x/mod/sumdb/note. A secret.
  public var secretText: String {
    let seed = StrictBase64.text(of: [kind.rawValue] + Array(key.rawRepresentation))
    return "PRIVATE+KEY+\(name)+\(Hexadecimal.text(of: verifierKey.id))+\(seed)"
  }

  /// Reads what ``secretText`` writes; a newline at its end is ignored.
  public init(secretText: String) throws(LedgerLogError) {
    let malformed = LedgerLogError(.keyMalformed, "not a signing key: it is PRIVATE+KEY+NAME+ID+SEED")
    let parts = (secretText.hasSuffix("\n") ? secretText.dropLast() : secretText[...])
      .split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY", let seed = StrictBase64.bytes(of: parts[4]),
      seed.count == 33, let kind = NoteKeyKind(rawValue: seed[0]),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed[1...])
    else { throw malformed }
    try self.init(name: String(parts[2]), kind: kind, key: key)
    guard Hexadecimal.text(of: verifierKey.id) == parts[3] else { throw malformed }
  }

  func signature(of message: [UInt8]) throws(LedgerLogError) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      throw LedgerLogError(.signatureInvalid, "the key `\(name)` cannot sign")
    }
    return Array(signature)
  }
}

/// Names of keys. Source: C2SP signed-note, "Format".
enum NoteName {
  static func isValid(_ name: Substring) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.value < 0x20 || $0.properties.isWhitespace }
  }
}

enum Hexadecimal {
  static func text(of bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
