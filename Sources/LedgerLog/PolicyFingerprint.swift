internal import Crypto

/// The name of a set of policies in entries: approvals and decisions are bound to it.
public enum PolicyFingerprint {
  /// `sha256:` and the hash in hexadecimal of a set's canonical bytes.
  public static func text(of canonicalBytes: [UInt8]) -> String {
    "sha256:"
      + SHA256.hash(data: canonicalBytes).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
  }
}
