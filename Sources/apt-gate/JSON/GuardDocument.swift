import GateModel
import NetworkState
import NetworkSystem

/// What `network guard --json` prints and `--report` keeps. Described by docs/protocols/network-guard.schema.json.
struct GuardDocument {
  var report: GuardReport
  /// Empty if the guard watched a process that was there before.
  var command: [String]
  var ending: GuardedCommand.Ending?
  var names = NumberNames()

  static let schema = "apt-gate/network-guard/1"

  /// The status to exit with: the command's own, unless that is 0 and something is missing.
  var status: Int32 {
    switch ending {
    case .exited(let status) where status != 0: status
    case .killed(let signal): 128 + signal
    default: report.isComplete ? 0 : ExitStatus.checkFailed.rawValue
    }
  }

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "command": .strings(command),
      "exitStatus": commandStatus,
      "complete": .bool(report.isComplete),
      "settled": .bool(report.isSettled),
      "durationMicroseconds": .int(report.ended - report.started),
      "workMicroseconds": .int(report.workEnded - report.started),
      "gaps": gaps,
      "events": .array(report.events.map(event)),
      "restoredAtEnd": .number(report.restoredCount),
      "missing": .array(report.missing.map(object)),
      "refused": .array(report.refusals.map(refusal)),
      "drift": drift,
      "notes": .strings(report.notes),
    ]
  }

  private var commandStatus: JSONValue {
    switch ending {
    case .exited(let status): .int(Int64(status))
    case .killed(let signal): .int(Int64(128 + signal))
    case nil: .null
    }
  }

  private var gaps: JSONValue {
    let gaps = report.gaps
    return [
      "count": .number(gaps.count),
      "medianMicroseconds": gaps.median.map(JSONValue.int) ?? .null,
      "worstMicroseconds": gaps.worst.map(JSONValue.int) ?? .null,
    ]
  }

  private var drift: JSONValue {
    .object(
      Drift.Difference.Change.allCases.map { change in
        JSONMember(
          key: change.rawValue,
          value: .object(
            NetworkObjectKind.allCases.map { kind in
              JSONMember(key: kind.rawValue, value: .number(report.drift.count(kind, change)))
            }))
      })
  }

  private func event(_ event: GuardEvent) -> JSONValue {
    [
      "event": .string(event.kind.rawValue),
      "microseconds": .int(event.time - report.started),
      "kind": .optional(event.object?.kind.rawValue),
      "object": event.object.flatMap(described)?.json ?? .null,
      "port": .int(Int64(event.port)),
      "process": .optional(event.process),
      "gapMicroseconds": event.delay.map(JSONValue.int) ?? .null,
      "reason": .optional(event.reason),
    ]
  }

  private func object(_ object: GuardedObject) -> JSONValue {
    ["kind": .string(object.kind.rawValue), "object": described(object)?.json ?? .null]
  }

  private func refusal(_ refusal: SnapshotRestorer.Refusal) -> JSONValue {
    object(GuardedObject(refusal.step.kind, refusal.step.place))
      .adding([JSONMember(key: "reason", value: .string(refusal.reason))])
  }

  /// An object of the baseline in the words of `ip -j`; nil never happens for those of the report.
  func described(_ object: GuardedObject) -> DescribedObject? {
    (try? report.baseline[object.kind][object.place])
      .map(ObjectDescriber(names: names, of: report.baseline).describeAlone)
  }
}
