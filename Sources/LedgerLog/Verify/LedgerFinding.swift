/// Something in a ledger that is not as it must be, and where.
public struct LedgerFinding: Sendable, Hashable, CustomStringConvertible {
  public enum Place: Sendable, Hashable {
    /// The entry with this number, from 0.
    case entry(Int)
    /// A checkpoint, by the name it goes by.
    case checkpoint(String)
    /// A file of an export, or a tile.
    case file(String)
    /// The key that signatures are checked with.
    case key
    /// A key of the index.
    case index(String)
  }

  public var place: Place
  /// One line: lower-case, no final full stop.
  public var problem: String

  public init(_ place: Place, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  public var description: String { "\(placeText): \(problem)" }

  /// Where, in a person's words.
  public var placeText: String {
    switch place {
    case .entry(let sequence): "entry \(sequence)"
    case .checkpoint(let name): "checkpoint `\(name)`"
    case .file(let path): "file `\(path)`"
    case .key: "verifier key"
    case .index(let key): "index `\(key)`"
    }
  }
}
