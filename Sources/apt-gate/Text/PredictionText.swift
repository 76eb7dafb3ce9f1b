import GateModel
import NetworkState
import NetworkSystem

/// What `network predict` prints for people: how much would go, then each object with its reason.
struct PredictionText {
  var answer: PredictionAnswer
  var layout: TextLayout

  private static let nouns: [(kind: NetworkObjectKind, one: String, many: String)] = [
    (.link, "link", "links"), (.address, "address", "addresses"), (.route, "route", "routes"),
    (.rule, "rule", "rules"), (.nexthop, "nexthop", "nexthops"), (.neighbour, "neighbour", "neighbours"),
  ]

  var text: String {
    let prediction = answer.prediction
    let blocks =
      [head] + [group("Lost", prediction.lost), group("Interrupted", prediction.interrupted)]
      + [group("Changed", prediction.changed), protection, remarks]
    return blocks.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private var head: [String] {
    let lost = answer.prediction.lost
    let rendition: TerminalStyle.Rendition = lost.isEmpty ? .green : .red
    let restart = "A restart of systemd-networkd \(answer.reading.restart.version)"
    let what = answer.question.isNewLink ? "A new link" : restart
    let counts = count(lost)
    return layout.labelled(
      "", counts.isEmpty ? "\(what) would take nothing away." : "\(what) would take away \(counts).", indent: 0,
      rendition: rendition)
  }

  private func count(_ losses: [LossPrediction.Loss]) -> String {
    let parts = Self.nouns.compactMap { noun -> String? in
      let number = losses.count { $0.kind == noun.kind }
      return number == 0 ? nil : CountText.of(number, noun.one, noun.many)
    }
    return parts.joined(separator: ", ")
  }

  /// The objects by reason: many share one.
  private func group(_ title: String, _ losses: [LossPrediction.Loss]) -> [String] {
    guard !losses.isEmpty else { return [] }
    var reasons: [String] = []
    var byReason: [String: [LossPrediction.Loss]] = [:]
    for loss in losses {
      if byReason[loss.why] == nil { reasons.append(loss.why) }
      byReason[loss.why, default: []].append(loss)
    }
    let describer = answer.describer
    return [layout.style(.bold, "\(title): \(count(losses))")]
      + reasons.flatMap { why in
        layout.labelled("", why, indent: 2, rendition: .dim)
          + (byReason[why] ?? []).flatMap { layout.labelled("", line($0, describer), indent: 4) }
      }
  }

  private func line(_ loss: LossPrediction.Loss, _ describer: ObjectDescriber) -> String {
    guard let message = try? answer.reading.snapshot[loss.kind][loss.place] else { return "?" }
    return loss.kind.rawValue + " " + describer.describe(message).words
  }

  private var protection: [String] {
    guard let protection = answer.protection else { return [] }
    if protection.dropIns.isEmpty {
      return [answer.prediction.lost.isEmpty ? "Nothing needs to be set." : "No setting would help."]
    }
    let exposed = count(protection.exposed.lost)
    return [layout.style(.bold, protection.isWritten ? "Written:" : "To be written (--write does it):")]
      + protection.dropIns.flatMap { dropIn in
        layout.labelled("", dropIn.path, indent: 2)
          + dropIn.text.split(separator: "\n").flatMap { layout.labelled("", String($0), indent: 6) }
      } + layout.labelled("", exposed.isEmpty ? "Then nothing would be lost." : "Still exposed: \(exposed).", indent: 0)
  }

  private var remarks: [String] {
    answer.prediction.notes.flatMap { layout.labelled("note: ", $0, indent: 6) }
      + answer.reading.warnings.flatMap { layout.labelled("warning: ", $0, indent: 9) }
  }
}

extension DescribedObject {
  /// The members on one line, as `ip` would be told them.
  var words: String {
    members.compactMap { member in
      switch member.value {
      case .text(let text): member.key == "dst" || member.key == "local" ? text : "\(member.key) \(text)"
      case .number(let number): "\(member.key) \(number)"
      case .flag(let flag): flag ? member.key : nil
      case .null: member.key
      case .list(let values):
        values.isEmpty ? nil : "\(member.key) [" + values.map(\.words).joined(separator: ", ") + "]"
      case .object(let object): "\(member.key) [\(object.words)]"
      }
    }.joined(separator: " ")
  }
}

extension DescribedValue {
  fileprivate var words: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .null: ""
    case .list(let values): values.map(\.words).joined(separator: " ")
    case .object(let object): object.words
    }
  }
}
