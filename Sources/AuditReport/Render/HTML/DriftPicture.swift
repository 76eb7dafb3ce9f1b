public import GateModel
public import LedgerLog

/// What one transaction took from a node's network, and what of it is back.
public struct DriftPicture {
  /// Pictures on one page.
  static let most = 12
  /// Objects in one picture.
  private static let mostObjects = 16
  private static let (width, row, box) = (720, 24, 150)

  private let transaction: String
  private let began: Timestamp
  /// What it changed, or restarted.
  private let subject: String
  private let network: NetworkRecord

  /// nil if nothing was lost.
  public init?(transaction: String, began: Timestamp, subject: String, network: NetworkRecord?) {
    guard let network, network.lost > 0 else { return nil }
    (self.transaction, self.began, self.subject, self.network) = (transaction, began, subject, network)
  }

  init?(line: TransactionLine) {
    let sources = line.changes.map(\.change.source)
    self.init(
      transaction: line.id, began: line.began,
      subject: (sources.isEmpty ? line.units : sources).joined(separator: ", "), network: line.network)
  }

  private enum Fate: String {
    case restored, missing, unknown

    var mark: String {
      switch self {
      case .restored: "✓ restored"
      case .missing: "✗ missing"
      case .unknown: "? not told"
      }
    }
  }

  private func fate(of object: String) -> Fate {
    if network.missing == 0 { return .restored }
    guard let missing = network.missingObjects else { return .unknown }
    return missing.contains(object) ? .missing : .restored
  }

  /// A name that no other element of the page has.
  private var id: String { "drift-\(began.secondsSinceEpoch)-\(abs(transaction.hashOfText))" }

  private var summary: String {
    "\(ReportWords.count(network.lost, "object was", "objects were")) lost, \(network.restored) restored, "
      + "\(network.missing) missing."
  }

  public var html: HTML {
    """
    <figure>
    <h3>\(TableMarkup.short(began)) \(subject)</h3>
    \(picture)
    <figcaption>Transaction <bdi>\(transaction)</bdi>: \(summary) \(rest)</figcaption>
    </figure>

    """
  }

  private var picture: HTML {
    guard !network.objects.isEmpty else { return "<p>Which objects was not recorded.</p>" }
    let shown = Array(network.objects.prefix(Self.mostObjects))
    let height = max(shown.count * Self.row + 10, 60)
    let middle = height / 2
    let wires = shown.enumerated().map { index, object in wire(object, y: index * Self.row + 17, middle: middle) }
    return """
      <div class="wide" role="region" tabindex="0" aria-labelledby="\(id)-title">
      <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
      <title id="\(id)-title">Network objects that were lost</title>
      <desc id="\(id)-text">\(shown.map { "\($0): \(fate(of: $0).rawValue)" }.joined(separator: "; "))</desc>
      <rect class="box" x="1" y="\(middle - 22)" width="\(Self.box)" height="44" rx="6"/>
      <text x="\(Self.box / 2)" y="\(middle + 4)" text-anchor="middle">this node</text>
      \(wires)</svg>
      </div>
      """
  }

  private func wire(_ object: String, y: Int, middle: Int) -> HTML {
    let fate = fate(of: object)
    let (from, to) = (Self.box + 1, Self.box + 70)
    return """
      <path class="wire \(fate.rawValue)" d="M\(from) \(middle) C\(from + 35) \(middle) \(to - 35) \(y) \(to) \(y)"/>
      <text x="\(to + 6)" y="\(y + 4)">\(Self.shortened(object))</text>
      <text class="dim" x="\(Self.width - 5)" y="\(y + 4)" text-anchor="end">\(fate.mark)</text>

      """
  }

  private var rest: String {
    let count = network.lost - min(network.objects.count, Self.mostObjects)
    return count > 0 && !network.objects.isEmpty ? "\(count) of them are not shown." : ""
  }

  /// What fits between the node and the mark.
  private static func shortened(_ object: String) -> String {
    let text = DisplayText.line(object)
    return text.count <= 62 ? text : text.prefix(61) + "…"
  }
}

extension String {
  /// FNV-1a: the same in every run, unlike `hashValue`.
  fileprivate var hashOfText: Int {
    Int(utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}
