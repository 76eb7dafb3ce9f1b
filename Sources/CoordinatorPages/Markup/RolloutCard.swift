internal import GateModel
internal import Rollout

/// A rollout in a list, or at the top of its page.
struct RolloutCard {
  let report: RolloutReport
  let now: Timestamp

  /// How many of the reasons a card has.
  static let fewReasons = 4

  var href: String { Self.href(report.id) }

  static func href(_ id: RolloutID) -> String { "/rollouts/\(Fields.encoded(id.description))" }

  var fields: [String: Any] {
    var fields: [String: Any] = [
      "id": report.id.description, "href": href, "status": Self.chip(report.status),
      "created": Fields.time(report.created, now: now), "rings": rings,
    ]
    let lines = Fields.lines(report.waiting)
    if !lines.isEmpty { fields["waits"] = ["lines": Array(lines.prefix(Self.fewReasons))] }
    return fields
  }

  private var rings: [[String: Any]] {
    report.rings.enumerated().map { index, ring in
      [
        "number": index + 1, "name": ring.name, "state": ring.state.rawValue, "chip": Self.chip(ring),
        "bar": PhaseBar(ring: ring).fields,
      ]
    }
  }

  static func chip(_ status: RolloutStatus) -> [String: Any] {
    switch status {
    case .active: Fields.chip("active", .work)
    case .halted: Fields.chip("halted", .bad)
    case .completed: Fields.chip("completed", .good)
    case .superseded: Fields.chip("superseded", .wait)
    case .abandoned: Fields.chip("abandoned", .wait)
    }
  }

  private static func chip(_ ring: RolloutReport.Ring) -> [String: Any] {
    switch ring.state {
    case .closed: Fields.chip("closed", .wait)
    case .open: Fields.chip("open: \(ring.count(.soaked)) of \(ring.needed) soaked", .work)
    case .passed: Fields.chip("passed", .good)
    }
  }

  static func chip(_ phase: NodePhase) -> [String: Any] {
    switch phase {
    case .expected, .waiting: Fields.chip(phase.rawValue, .wait)
    case .granted, .applying, .applied: Fields.chip(phase.rawValue, .work)
    case .healthy, .soaked: Fields.chip(phase.rawValue, .good)
    case .failed, .silent: Fields.chip(phase.rawValue, .bad)
    case .skipped, .unaffected: Fields.chip(phase.rawValue, .wait)
    }
  }
}
