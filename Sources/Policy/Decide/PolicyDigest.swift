internal import Documents
internal import GateModel

/// The bytes that a set of policies is known by, for a hash to be made of them.
///
/// Everything that can change a verdict or what a person reads with it is in: all keys but `description`.
/// Layout, comments, quoting, the order of files, rules, keys and of the values of a match are not.
/// An approval is bound to this: it ends when the policies change.
enum PolicyDigest {
  /// Written first, so that another way to write the bytes never gives the same ones.
  static let format = "apt-gate policy set 1\n"

  static func bytes(of roots: [YamlNode]) -> [UInt8] {
    let documents = roots.map { canonical($0) }.sorted(by: lexicographic)
    return Array(format.utf8) + documents.joined()
  }

  /// Netstrings inside: no text can look like structure.
  private static func canonical(_ node: YamlNode) -> [UInt8] {
    switch node.content {
    case .refused: return netstring("r", [])
    case .scalar(let scalar):
      // Block scalars differ in the white space at their ends; inside, it can have a meaning.
      return netstring("s", Array(scalar.text.trimming(\.isSpace).utf8))
    case .sequence(let items):
      // Lists are sets in this schema: rules, gates and the values of a match are never in an order.
      return netstring("l", items.map { canonical($0) }.sorted(by: lexicographic).flatMap(\.self))
    case .mapping(let entries):
      let kept = entries.filter { $0.key != "description" }.sorted { $0.key < $1.key }
      return netstring("m", kept.flatMap { netstring("k", Array($0.key.utf8)) + canonical($0.value) })
    }
  }

  private static func netstring(_ type: Character, _ body: [UInt8]) -> [UInt8] {
    Array("\(type)\(body.count):".utf8) + body
  }

  private static func lexicographic(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}

extension PolicySet {
  static func canonicalBytes(of files: [LoadedFile]) -> [UInt8] {
    PolicyDigest.bytes(of: files.compactMap(\.root))
  }
}
