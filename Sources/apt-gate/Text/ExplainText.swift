import GateEngine
import GateModel

/// What `explain` prints for people: one change in full.
struct ExplainText {
  var checked: CheckedChange
  var layout: TextLayout

  private static let labelColumns = 12

  var text: String {
    let sections = [head, verdict, packages, origins, effects, notes, firedRules, otherRules]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var change: Change { checked.change }

  private var head: [String] {
    let marks = [change.action.rawValue] + (change.isSecurity ? ["security"] : [])
    let versions = VersionPhrase.text(from: change.from, to: change.to)
    return layout.labelled(
      "", "\(change.source)  \(versions)  (\(marks.joined(separator: ", ")))", indent: 0, rendition: .bold)
  }

  private var verdict: [String] {
    let decision = checked.decision
    let meaning = "\(decision.verdict.rawValue): \(decision.verdict.meaning)"
    let deciders = decision.decidedBy.joined(separator: ", ")
    return layout.labelled("Verdict", meaning, indent: Self.labelColumns, rendition: decision.verdict.rendition)
      + row("Decided by", decision.decidedBy.isEmpty ? "no rule fired" : deciders)
      + (decision.message.map { row("Why", $0) } ?? [])
      + (decision.clearsWhen.map { row("Clears", $0) } ?? [])
      + decision.escalations.flatMap { row("Escalates", EscalationPhrase.text($0)) }
      + row("Rests on", Self.words(for: checked.basis))
  }

  private var packages: [String] {
    section("Packages")
      + change.binaries.flatMap { binary in
        let phase = binary.phasing.map { ", phased to \($0.percentage) %" } ?? ""
        let versions = VersionPhrase.text(from: binary.from, to: binary.to)
        return item("\(binary.name):\(binary.architecture)  \(versions)  (\(binary.action.rawValue)\(phase))")
      }
  }

  private var origins: [String] {
    guard !change.origins.isEmpty else { return [] }
    return section("From")
      + change.origins.flatMap { origin in
        let place = origin.site.isEmpty ? "a local file" : origin.site
        let words = [origin.label, origin.suite, origin.codename, origin.component].filter { !$0.isEmpty }
        return item("\(words.joined(separator: ", ")) (\(place))")
      }
  }

  private var effects: [String] {
    guard !checked.effects.isEmpty else {
      let words = EffectPhrase.summary(of: [], action: change.action)
      return section("What it would do") + item("\(words); no effect on the running system was found")
    }
    return section("What it would do") + checked.effects.flatMap { EffectText(effect: $0, layout: layout).lines }
  }

  private var notes: [String] {
    checked.notes.isEmpty ? [] : section("Notes") + checked.notes.flatMap(item)
  }

  private var firedRules: [String] { rules("Rules that fired", fired: true) }
  private var otherRules: [String] { rules("Rules that did not fire", fired: false) }

  private func rules(_ title: String, fired: Bool) -> [String] {
    let rules = checked.decision.rules.filter { $0.fired == fired }
    guard !rules.isEmpty else { return [] }
    return section(title)
      + rules.flatMap { rule in
        item("\(rule.rule) (\(rule.verdict.rawValue)): \(rule.reason)")
          + ConditionText(outcomes: rule.conditions, layout: layout, indent: 6).lines
      }
  }

  private func section(_ title: String) -> [String] { [layout.style(.bold, title)] }
  private func item(_ text: String) -> [String] { layout.labelled("", text, indent: 2) }
  private func row(_ label: String, _ text: String) -> [String] {
    layout.labelled(label, text, indent: Self.labelColumns)
  }

  private static func words(for basis: EvidenceBasis) -> String {
    switch basis {
    case .candidate: "the new .deb"
    case .installed: "the installed version's scripts: the new .deb was not at hand (`--download` fetches it)"
    case .unknown: "nothing: neither the new .deb nor installed scripts were at hand"
    }
  }
}
