import GateModel
import Rollout

/// What `fleet show ROLLOUT` prints for people: the rollout, the slots that are taken, and what became of it.
struct FleetShowText {
  var report: RolloutReport
  /// Slots that this rollout needs.
  var slots: [SlotRecord]
  /// The oldest first.
  var journal: [JournalEntry]
  var layout: TextLayout

  var text: String {
    let blocks = [FleetStatusText(reports: [], layout: layout).lines(of: report), slotLines, journalLines]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var slotLines: [String] {
    slots.map { slot in
      let domains = slot.domains.isEmpty ? "" : " in \(slot.domains.joined(separator: ", "))"
      return "slot  " + DisplayText.line("\(slot.node) of ring \(slot.ring)\(domains)")
    }
  }

  private var journalLines: [String] {
    journal.flatMap { entry in
      let who = [entry.ring.map { "ring \($0)" }, entry.node.map { "node \($0)" }].compactMap { $0 }
        .joined(separator: ", ")
      let by = entry.note.by == RolloutNote.itself ? "" : "\(entry.note.by): "
      let what = entry.kind.rawValue.replacing("-", with: " ") + (who.isEmpty ? "" : ", \(who)")
      return layout.labelled("\(entry.note.at)", "\(what): \(by)\(entry.note.reason)", indent: 22)
    }
  }
}
