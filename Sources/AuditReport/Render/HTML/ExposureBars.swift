internal import GateModel

/// The longest exposures as bars from first seen to applied, with the held part marked.
struct ExposureBars {
  let report: NodeReport

  /// Of more exposures these are the longest; the table below has them all.
  private static let most = 30
  /// Narrow, so that it fits a phone's screen with texts that can be read.
  private static let (width, left, right, row) = (360, 4, 96, 36)

  var html: HTML {
    let exposures = Array(report.exposures.prefix(Self.most))
    guard let start = exposures.map(\.firstSeen).min(), start < report.period.until else { return "" }
    let scale = Scale(start: start, end: report.period.until, left: Self.left, right: Self.width - Self.right)
    let height = exposures.count * Self.row + 30
    let bars = exposures.enumerated().map { index, exposure in bar(exposure, top: index * Self.row, scale) }
    return """
      <figure>
      <div class="narrow">
      <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="bars-title bars-text">
      <title id="bars-title">The longest exposures by version</title>
      <desc id="bars-text">Bars from first seen to applied; the held part is marked. The table below has the same.</desc>
      \(bars)
      <text class="dim" x="\(Self.left)" y="\(height - 8)">\(String(start.description.prefix(10)))</text>
      <text class="dim" x="\(Self.width - Self.right)" y="\(height - 8)" text-anchor="end">\(end)</text>
      </svg>
      </div>
      <figcaption>From first seen to applied: <span class="key pending"></span>open <span class="key held"></span>held.
      \(rest)</figcaption>
      </figure>
      """
  }

  private var end: String { String(report.period.until.description.prefix(10)) }

  private var rest: String {
    let count = report.exposures.count - Self.most
    return count > 0 ? "\(ReportWords.count(count, "shorter one is", "shorter ones are")) in the table." : ""
  }

  private func bar(_ exposure: Exposure, top: Int, _ scale: Scale) -> HTML {
    let end = exposure.end.time ?? report.period.until
    let spans = exposure.holds.map { span -> HTML in
      rectangle("held", scale, span.start, span.end ?? report.period.until, top + 20, 6)
    }
    let state = exposure.end == .open ? ", open" : ""
    return """
      <text x="\(Self.left)" y="\(top + 12)">\(Self.label(exposure))</text>
      \(rectangle("pending", scale, exposure.firstSeen, end, top + 17, 12))
      \(spans)
      <text class="dim" x="\(scale.x(end) + 5)" y="\(top + 27)">\(ReportWords.text(of: exposure.open))\(state)</text>

      """
  }

  private func rectangle(
    _ name: String, _ scale: Scale, _ start: Timestamp, _ end: Timestamp, _ y: Int, _ height: Int
  ) -> HTML {
    let x = scale.x(start)
    let width = max(2, scale.x(end) - x)
    return "<rect class=\"\(name)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"2\"/>"
  }

  /// The longest label that fits.
  private static let longestLabel = 46

  private static func label(_ exposure: Exposure) -> String {
    let text = DisplayText.line("\(exposure.source) \(exposure.to)")
    return text.count <= longestLabel ? text : text.prefix(longestLabel - 1) + "…"
  }

  /// From times to columns.
  private struct Scale {
    let (start, end): (Timestamp, Timestamp)
    let (left, right): (Int, Int)

    init(start: Timestamp, end: Timestamp, left: Int, right: Int) {
      (self.start, self.end, self.left, self.right) = (start, end, left, right)
    }

    func x(_ time: Timestamp) -> Int {
      let whole = max(1, end.secondsSinceEpoch - start.secondsSinceEpoch)
      let part = min(max(0, time.secondsSinceEpoch - start.secondsSinceEpoch), whole)
      return left + Int(Double(right - left) * Double(part) / Double(whole))
    }
  }
}
