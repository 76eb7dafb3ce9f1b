/// Where a tile or a bundle of entries stands in a published ledger. Source: C2SP tlog-tiles.
public struct Tile: Sendable, Hashable {
  /// How many hashes, or entries, a full tile has.
  public static let width = 256
  /// Levels of the tree between the hashes of two tile levels.
  public static let height = 8

  /// What a tile holds.
  public enum Content: Sendable, Hashable {
    /// Hashes of the tree's level `height * level`.
    case hashes(level: Int)
    case entries
  }

  public var content: Content
  /// Counted from the left.
  public var number: Int
  /// How many hashes or entries it has, 1 to 256.
  public var width: Int

  public init(content: Content, number: Int, width: Int) {
    self.content = content
    self.number = number
    self.width = width
  }

  /// `tile/0/x001/234` or `tile/entries/000.p/7`.
  public var path: String {
    let kind =
      switch content {
      case .hashes(let level): String(level)
      case .entries: "entries"
      }
    let suffix = width < Self.width ? ".p/\(width)" : ""
    return "tile/\(kind)/\(Self.digits(of: number))\(suffix)"
  }

  /// Groups of three digits; all but the last begin with `x`.
  private static func digits(of number: Int) -> String {
    let last = String(number % 1000)
    let group = String(repeating: "0", count: 3 - last.count) + last
    return number < 1000 ? group : prefixed(number / 1000) + "/" + group
  }

  private static func prefixed(_ number: Int) -> String {
    digits(of: number).split(separator: "/").map { $0.hasPrefix("x") ? String($0) : "x\($0)" }.joined(separator: "/")
  }

  /// Every tile of hashes of a tree of `size` entries, level by level.
  public static func hashTiles(size: Int) -> [Tile] {
    var tiles: [Tile] = []
    var count = size
    var level = 0
    while count > 0 {
      tiles += row(.hashes(level: level), count: count)
      count /= width
      level += 1
    }
    return tiles
  }

  /// Every bundle of entries of a tree of `size` entries.
  public static func entryTiles(size: Int) -> [Tile] { row(.entries, count: size) }

  private static func row(_ content: Content, count: Int) -> [Tile] {
    stride(from: 0, to: count, by: width).map { start in
      Tile(content: content, number: start / width, width: min(width, count - start))
    }
  }
}
