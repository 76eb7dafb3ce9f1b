import GateEngine
import GateModel
import SystemdSystem

extension SyncReport {
  /// What a sync changed: versions that are held from now on, versions that are not any more, and what it could not do.
  var news: [GateNews] {
    let held = holds.flatMap { hold in
      hold.pins.filter(added.contains).map { pin in
        let rules =
          hold.decidedBy.isEmpty ? "with \(hold.heldBy.joined(separator: ", "))" : hold.decidedBy.joined(separator: " ")
        return GateNews(
          .changeHeld, "\(pin.source) \(pin.version.text) is held: \(hold.message ?? rules)",
          [.source: pin.source, .version: pin.version.text, .rule: rules])
      }
    }
    return held + released + (problems.isEmpty ? [finished] : failures)
  }

  private var finished: GateNews {
    let count = holds.count
    let words = "\(count) of \(CountText.of(plan.checked.count, "pending update", "pending updates")) held"
    return GateNews(.syncFinished, mode == .observe ? "only observing; \(words)" : words, [.count: "\(count)"])
  }

  /// A version that something newer superseded is not released.
  private var released: [GateNews] {
    let pending = Set(plan.checked.compactMap(\.change.target))
    return removed.filter(pending.contains).map { pin in
      GateNews(
        .changeReleased, "\(pin.source) \(pin.version.text) is not held any more",
        [.source: pin.source, .version: pin.version.text])
    }
  }

  private var failures: [GateNews] {
    problems.map { problem in
      GateNews(problem.step == .enact ? .syncFailed : .gateDegraded, problem.message)
    }
  }
}
