/// What a Perl configuration file sets in one hash, such as needrestart's `%nrconf`, as far as it is written plainly.
///
/// Understood are assignments of literals to `$HASH{key}` and `$HASH{key}{member}`, and `push @{$HASH{key}}, ...`. Any
/// other statement makes the keys that it names unknown, or all of them if it may set any.
struct PerlSettings {
  indirect enum Value: Sendable, Hashable {
    case undefined
    case text(String)
    case pattern(PerlPattern)
    case list([Value])
    case pairs([Pair])
  }

  struct Pair: Sendable, Hashable {
    var key: Value
    var value: Value
  }

  /// A key's value.
  enum Setting: Sendable, Hashable {
    case unset
    case known(Value)
    /// Which statement is not understood, such as `/etc/x.conf:12`.
    case unknown(String)
  }

  private var values: [String: Value] = [:]
  private var unknownKeys: [String: String] = [:]
  private var unknownAll: String?
  /// Folders whose files it reads too, in order.
  private(set) var includes: [String] = []
  private let hash: String

  init(hash: String) { self.hash = hash }

  subscript(key: String) -> Setting {
    if let place = unknownAll ?? unknownKeys[key] { return .unknown(place) }
    return values[key].map { .known($0) } ?? .unset
  }

  /// Reads another file; what it sets comes after what was read before.
  mutating func read(_ bytes: [UInt8], file: String) {
    for statement in PerlStatements.split(PerlLexer.tokens(of: bytes)) {
      apply(PerlStatement(statement.map(\.token), hash: hash), at: "\(file):\(statement.first?.line ?? 1)")
    }
  }

  /// Nothing that it says can be relied on.
  mutating func makeUnknown(at place: String) { unknownAll = unknownAll ?? place }

  private mutating func apply(_ statement: PerlStatement, at place: String) {
    switch statement {
    case .nothing: break
    case .set(let key, let value):
      unknownKeys[key] = nil
      values[key] = value
    case .setMember(let key, let pair):
      guard case .pairs(var pairs) = values[key] ?? .pairs([]) else { return unknown(key, place) }
      pairs.removeAll { $0.key == pair.key }
      values[key] = .pairs(pairs + [pair])
    case .append(let key, let more):
      guard case .list(let list) = values[key] ?? .list([]) else { return unknown(key, place) }
      values[key] = .list(list + more)
    case .include(let folder): includes.append(folder)
    case .touches(let keys): for key in keys { unknown(key, place) }
    case .anything: makeUnknown(at: place)
    }
  }

  private mutating func unknown(_ key: String, _ place: String) { unknownKeys[key] = unknownKeys[key] ?? place }
}
