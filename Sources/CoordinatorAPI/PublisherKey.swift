internal import Crypto
internal import FoundationEssentials

/// A publisher's Ed25519 key (RFC 8032), as text for files and configurations: 32 bytes in base64.
public struct PublisherKeyPair: Sendable {
  public var privateKey: [UInt8]

  /// A new one.
  public init() { privateKey = Array(Curve25519.Signing.PrivateKey().rawRepresentation) }

  /// Reads ``text``; nil if it is none.
  public init?(text: String) {
    guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }), data.count == 32 else { return nil }
    privateKey = Array(data)
  }

  /// The private half.
  public var text: String { Data(privateKey).base64EncodedString() }

  /// The public half, for configurations; nil if the private one is no key.
  public var publicText: String? {
    (try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(privateKey)))?
      .publicKey.rawRepresentation.base64EncodedString()
  }
}

extension SignedPolicyBundle {
  /// As JSON, which a file holds and a coordinator takes.
  public var json: [UInt8] {
    get throws { Array(try JSONEncoder().encode(self)) }
  }

  /// What it says of itself, for showing: nobody has looked at the signature.
  public var unverified: PolicyBundle? { try? JSONDecoder().decode(PolicyBundle.self, from: Data(payload)) }

  /// Reads ``json``.
  public init(json: [UInt8]) throws { self = try JSONDecoder().decode(SignedPolicyBundle.self, from: Data(json)) }
}
