internal import Crypto
internal import FoundationEssentials
public import GateModel

/// Policies as a publisher puts them into force for the whole fleet: files below a folder of policies.
public struct PolicyBundle: Sendable, Hashable, Codable {
  public struct File: Sendable, Hashable, Codable {
    /// Below the folder, such as `networkd-restart/policy.yaml`.
    public var path: String
    public var text: String

    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  public static let schema = "apt-gate/policy-bundle/1"
  /// A store takes values of 1 MiB; a bundle is base64 in it, with its signature.
  public static let largestText = 512 << 10
  public static let mostFiles = 1000

  public var schema: String
  /// Grows with every bundle. Nobody takes one with a smaller version than the one in force.
  public var version: Int
  public var created: Timestamp
  public var files: [File]

  public init(version: Int, created: Timestamp, files: [File]) {
    schema = Self.schema
    self.version = version
    self.created = created
    self.files = files
  }

  /// Publishers' keys from base64; what is none is left out.
  public static func keys(_ texts: [String: String]) -> [String: [UInt8]] {
    texts.compactMapValues { text in Data(base64Encoded: text).map { Array($0) } }
  }

  /// Why nobody may take it; nil if nothing is wrong.
  public var problem: String? {
    guard schema == Self.schema, version > 0 else { return "it is no `\(Self.schema)` with a version" }
    guard !files.isEmpty, files.count <= Self.mostFiles, Set(files.map(\.path)).count == files.count else {
      return "it has no files, over \(Self.mostFiles), or one twice"
    }
    guard files.reduce(0, { $0 + $1.text.utf8.count }) <= Self.largestText else {
      return "its files have over \(Self.largestText) bytes"
    }
    return files.first { !Self.isSafe($0.path) }.map { "the path `\($0.path)` could lead out of the folder" }
  }

  /// `NAME/FILE`, of letters, digits, dots, hyphens and underscores, neither beginning with a dot.
  private static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        (1...128).contains(part.utf8.count) && part.first != "."
          && part.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-._".utf8.contains($0) }
      }
  }
}

/// A bundle's bytes with a signature: what lies in the store and goes over the wire.
public struct SignedPolicyBundle: Sendable, Hashable, Codable {
  /// The bundle as JSON, exactly as it was signed.
  public var payload: [UInt8]
  /// The publisher's name.
  public var signer: String
  /// Ed25519 (RFC 8032) over ``context`` and the payload.
  public var signature: [UInt8]

  /// Bytes of JSON; a longer one holds more than a bundle may.
  public static let largest = 2 << 20

  /// So that a signature under something else never passes for one under a bundle.
  private static let context = Array("apt-gate policy bundle v1\n".utf8)

  /// As it was received.
  public init(payload: [UInt8], signer: String, signature: [UInt8]) {
    self.payload = payload
    self.signer = signer
    self.signature = signature
  }

  /// Signs with a private key of 32 bytes.
  public init(_ bundle: PolicyBundle, by signer: String, key: [UInt8]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    payload = Array(try encoder.encode(bundle))
    self.signer = signer
    let signing = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(key))
    signature = Array(try signing.signature(for: Data(Self.context + payload)))
  }

  /// The bundle, if `keys` has the signer's and it made the signature; throws ``APIProblem`` otherwise.
  public func verified(by keys: [String: [UInt8]]) throws(APIProblem) -> PolicyBundle {
    guard let key = keys[signer], let verifying = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(key)) else {
      throw APIProblem(.refused, "nobody here trusts a publisher `\(DisplayText.line(signer))`")
    }
    guard verifying.isValidSignature(Data(signature), for: Data(Self.context + payload)) else {
      throw APIProblem(.refused, "the signature is not that of `\(DisplayText.line(signer))`")
    }
    guard let bundle = try? JSONDecoder().decode(PolicyBundle.self, from: Data(payload)) else {
      throw APIProblem(.refused, "what is signed is no policy bundle")
    }
    if let problem = bundle.problem { throw APIProblem(.refused, "the policy bundle is refused: \(problem)") }
    return bundle
  }

  // MARK: Codable, with bytes as base64

  private enum CodingKeys: String, CodingKey { case payload, signer, signature }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    payload = Array(try container.decode(Data.self, forKey: .payload))
    signer = try container.decode(String.self, forKey: .signer)
    signature = Array(try container.decode(Data.self, forKey: .signature))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Data(payload), forKey: .payload)
    try container.encode(signer, forKey: .signer)
    try container.encode(Data(signature), forKey: .signature)
  }
}
