internal import GateModel

/// How many versions were pending on each day, and how many of them were held: an area over the days of the period.
struct ExposureChart {
  let days: [ExposureDay]

  /// Its texts are twice as large on a phone, for which the margins have room.
  private static let (width, height) = (720, 200)
  private static let (left, right, top, bottom) = (90, 10, 22, 30)
  /// More points than the picture has columns say nothing; each then is the highest of its days.
  private static let mostPoints = 360

  var html: HTML {
    guard days.count > 1, let peak = days.max(by: { $0.pending < $1.pending }), peak.pending > 0 else { return "" }
    return """
      <figure>
      <div class="wide">
      <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-labelledby="chart-title chart-text">
      <title id="chart-title">Pending and held updates by day</title>
      <desc id="chart-text">\(description(peak))</desc>
      \(grid(peak.pending))
      <path class="pending" d="\(area(\.pending, peak.pending))"/>
      <path class="held" d="\(area(\.held, peak.pending))"/>
      <path class="outline" d="\(line(\.pending, peak.pending))"/>
      </svg>
      </div>
      <figcaption><span class="key pending"></span>pending <span class="key held"></span>of them held.
      \(description(peak))</figcaption>
      \(table)
      </figure>
      """
  }

  private func description(_ peak: ExposureDay) -> String {
    let last = days[days.count - 1]
    return
      "From \(days[0].day) to \(last.day): most on \(peak.day), \(peak.pending) pending of which \(peak.held) held; "
      + "at the end \(last.pending) pending of which \(last.held) held, "
      + "\(last.security) known to be security updates of which \(last.heldSecurity) held."
  }

  /// The same in figures.
  private var table: HTML {
    let rows = points.map { point in
      [ReportCell.word("\(point.day)")]
        + [point.pending, point.held, point.security, point.heldSecurity].map { .number($0) }
    }
    let table = ReportTable(
      name: ReportTableName.exposure, caption: "The same in figures.", empty: "",
      columns: [
        ReportColumn("day", "Day"), ReportColumn("pending", "Pending"), ReportColumn("held", "Held"),
        ReportColumn("security", "Security"), ReportColumn("held_security", "Held security"),
      ], rows: ReportRows(rows) { $0 })
    return "<details><summary>Figures by day</summary>\(TableMarkup(table: table, id: "chart-figures").html)</details>"
  }

  /// One for each day, or for a few together: the highest of them.
  private var points: [ExposureDay] {
    let size = (days.count + Self.mostPoints - 1) / Self.mostPoints
    if size <= 1 { return days }
    return stride(from: 0, to: days.count, by: size).map { start in
      let group = days[start..<min(start + size, days.count)]
      return group.reduce(days[start]) { most, day in
        ExposureDay(
          day: most.day, pending: max(most.pending, day.pending), held: max(most.held, day.held),
          security: max(most.security, day.security), heldSecurity: max(most.heldSecurity, day.heldSecurity))
      }
    }
  }

  private func y(_ value: Int, _ peak: Int) -> Int {
    Self.height - Self.bottom - (Self.height - Self.top - Self.bottom) * value / max(peak, 1)
  }

  /// Steps: a day's number holds for the whole day.
  private func line(_ value: KeyPath<ExposureDay, Int>, _ peak: Int) -> String {
    let points = points
    let width = Self.width - Self.left - Self.right
    let steps = points.enumerated().map { index, point in
      "V\(y(point[keyPath: value], peak)) H\(Self.left + width * (index + 1) / points.count)"
    }
    return "M\(Self.left) \(Self.height - Self.bottom) " + steps.joined(separator: " ")
  }

  private func area(_ value: KeyPath<ExposureDay, Int>, _ peak: Int) -> String {
    line(value, peak) + " V\(Self.height - Self.bottom) Z"
  }

  private func grid(_ peak: Int) -> HTML {
    let values = Set([0, peak / 2, peak]).sorted()
    let lines = values.map { value -> HTML in
      """
      <line class="axis" x1="\(Self.left)" x2="\(Self.width - Self.right)" y1="\(y(value, peak))" y2="\(y(value, peak))"/>\
      <text x="\(Self.left - 6)" y="\(y(value, peak) + 4)" text-anchor="end">\(value)</text>
      """
    }
    let (first, last) = (days[0].day, days[days.count - 1].day)
    return """
      \(lines)
      <text class="dim" x="\(Self.left)" y="\(Self.height - 8)">\(first.description)</text>
      <text class="dim" x="\(Self.width - Self.right)" y="\(Self.height - 8)" text-anchor="end">\(last.description)</text>
      """
  }
}
