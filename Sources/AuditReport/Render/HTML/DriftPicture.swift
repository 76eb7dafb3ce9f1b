public import GateModel
public import LedgerLog

/// What one transaction took from a node's network, and what of it is back.
public struct DriftPicture {
  /// Pictures on one page.
  static let most = 12
  /// Objects in one picture.
  private static let mostObjects = 16
  /// Narrow, so that it fits a phone's screen with texts that can be read.
  private static let (width, line, gap) = (320, 15, 10)
  private static let (trunk, texts) = (16, 44)

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
    var (top, last) = (36, 36)
    var branches: [HTML] = []
    for object in shown {
      let lines = Self.lines(of: object)
      branches.append(branch(object, lines, top: top))
      last = top + Self.line / 2
      top += (lines.count + 1) * Self.line + Self.gap
    }
    return """
      <div class="narrow">
      <svg viewBox="0 0 \(Self.width) \(top)" role="img" aria-labelledby="\(id)-title \(id)-text">
      <title id="\(id)-title">Network objects that were lost</title>
      <desc id="\(id)-text">\(shown.map { "\($0): \(fate(of: $0).rawValue)" }.joined(separator: "; "))</desc>
      <path class="axis" d="M\(Self.trunk) 27 V\(last)"/>
      <rect class="box" x="1" y="1" width="90" height="26" rx="6"/>
      <text x="46" y="18" text-anchor="middle">this node</text>
      \(branches)</svg>
      </div>
      """
  }

  private func branch(_ object: String, _ lines: [String], top: Int) -> HTML {
    let fate = fate(of: object)
    let texts = lines.enumerated().map { index, text -> HTML in
      "<text x=\"\(Self.texts)\" y=\"\(top + 12 + index * Self.line)\">\(text)</text>\n"
    }
    return """
      <path class="wire \(fate.rawValue)" d="M\(Self.trunk) \(top + Self.line / 2) H\(Self.texts - 6)"/>
      \(texts)<text class="dim" x="\(Self.texts)" y="\(top + 12 + lines.count * Self.line)">\(fate.mark)</text>

      """
  }

  private var rest: String {
    let count = network.lost - min(network.objects.count, Self.mostObjects)
    return count > 0 && !network.objects.isEmpty ? "\(count) of them are not shown." : ""
  }

  private static let (mostLines, longestLine) = (3, 38)

  /// The object in lines that fit; broken between words where there are any.
  private static func lines(of object: String) -> [String] {
    var lines: [String] = []
    var rest = DisplayText.line(object)[...]
    while !rest.isEmpty, lines.count < mostLines {
      var line = rest.prefix(longestLine)
      if line.endIndex < rest.endIndex, let space = line.lastIndex(of: " "), space > line.startIndex {
        line = line[..<space]
      }
      rest = rest[line.endIndex...].drop { $0 == " " }
      lines.append(String(line))
    }
    if !rest.isEmpty, let last = lines.popLast() { lines.append(last.prefix(longestLine - 1) + "…") }
    return lines
  }
}

extension String {
  /// FNV-1a: the same in every run, unlike `hashValue`.
  fileprivate var hashOfText: Int {
    Int(utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}
