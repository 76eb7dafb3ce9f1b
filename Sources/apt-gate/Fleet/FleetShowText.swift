import CoordinatorAPI
import GateModel
import Rollout

/// What `fleet show ROLLOUT` prints for people: the rollout, its packages, the slots that are taken, and what became of it.
struct FleetShowText {
  var document: RolloutDocument
  var layout: TextLayout

  var text: String {
    let status = FleetStatusText(reports: [], layout: layout)
    let blocks = [status.lines(of: document.report), packageLines, slotLines, journalLines]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// What later rings get is what the first one ran.
  private var packageLines: [String] {
    document.artifacts.flatMap { artifact -> [String] in
      [
        "package  " + DisplayText.line("\(artifact)"),
        layout.style(.dim, "         sha256 " + DisplayText.line(artifact.sha256)),
      ]
    }
  }

  private var slotLines: [String] {
    document.slots.map { slot in
      let domains = slot.domains.isEmpty ? "" : " in \(slot.domains.joined(separator: ", "))"
      return "slot  " + DisplayText.line("\(slot.node) of ring \(slot.ring)\(domains)")
    }
  }

  private var journalLines: [String] {
    document.journal.flatMap { entry in
      let who = [entry.ring.map { "ring \($0)" }, entry.node.map { "node \($0)" }].compactMap { $0 }
        .joined(separator: ", ")
      let by = entry.note.by == RolloutNote.itself ? "" : "\(entry.note.by): "
      let what = entry.kind.rawValue.replacing("-", with: " ") + (who.isEmpty ? "" : ", \(who)")
      return layout.labelled("\(entry.note.at)", "\(what): \(by)\(entry.note.reason)", indent: 22)
    }
  }
}
