internal import Documents
internal import Foundation
internal import GateModel
internal import TimeWindows

/// How a rule's time terms stand at a moment.
enum TimeState {
  /// In force; `until` is when that ends by itself, as far as that is known.
  case inForce(why: [String], until: ClearingTime?)
  case notInForce(why: String)
  /// A time was missing.
  case unknown(why: String)
}

/// A moment at which something clears by itself.
struct ClearingTime {
  var moment: Timestamp
  /// The moment in a zone's words, and what happens then.
  var text: String
}

extension TimeTerms {
  func evaluate(_ facts: Facts) -> TimeState {
    guard !isEmpty else { return .inForce(why: [], until: nil) }
    guard let now = facts.now else { return .unknown(why: "the time is not known") }
    var why: [String] = []
    var ends: [ClearingTime] = []
    for state in [duringState(now), outsideState(now), ageState(facts, now)] {
      switch state {
      case .inForce(let reasons, let until):
        why += reasons
        ends += until.map { [$0] } ?? []
      case .notInForce, .unknown: return state
      }
    }
    return .inForce(why: why, until: ends.min { $0.moment < $1.moment })
  }

  private func duringState(_ now: Timestamp) -> TimeState {
    guard !during.isEmpty else { return .inForce(why: [], until: nil) }
    let open = during.filter { $0.contains(now) }
    guard let first = open.first else { return .notInForce(why: "window \(names(during)) is closed") }
    let ends = open.compactMap { window in window.end(after: now).map { (window, $0) } }
    let last = ends.max { $0.1 < $1.1 }.map { window, end in
      ClearingTime(
        moment: end, text: "\(LocalClock.text(end, in: window.timeZone)), when window `\(window.name)` closes")
    }
    return .inForce(why: ["window `\(first.name)` is open"], until: ends.count == open.count ? last : nil)
  }

  private func outsideState(_ now: Timestamp) -> TimeState {
    guard !outside.isEmpty else { return .inForce(why: [], until: nil) }
    if let open = outside.first(where: { $0.contains(now) }) {
      return .notInForce(why: "window `\(open.name)` is open")
    }
    let starts = outside.compactMap { window in window.start(after: now).map { (window, $0) } }
    let next = starts.min { $0.1 < $1.1 }.map { window, start in
      ClearingTime(
        moment: start, text: "\(LocalClock.text(start, in: window.timeZone)), when window `\(window.name)` opens")
    }
    return .inForce(why: ["window \(names(outside)) is closed"], until: next)
  }

  private func ageState(_ facts: Facts, _ now: Timestamp) -> TimeState {
    guard let youngerThan else { return .inForce(why: [], until: nil) }
    guard let firstSeen = facts.firstSeen else {
      return .unknown(why: "when the version was first seen is not known")
    }
    let limit = DurationText.text(youngerThan)
    let age = "first seen \(DurationText.text(now.duration(since: firstSeen))) ago"
    let end = firstSeen.advanced(by: youngerThan)
    guard now < end else { return .notInForce(why: "\(age), not less than \(limit)") }
    let text = "\(LocalClock.text(end, in: .gmt)), \(limit) after it was first seen"
    return .inForce(why: ["\(age), less than \(limit)"], until: ClearingTime(moment: end, text: text))
  }

  private func names(_ windows: [TimeWindow]) -> String {
    windows.map { "`\($0.name)`" }.joined(separator: ", ")
  }
}
