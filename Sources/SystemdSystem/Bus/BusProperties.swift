internal import CSystemd
internal import GateModel

/// An object's properties, copied out of the C structs.
///
/// Source: org.freedesktop.systemd1(5).
struct BusProperties {
  private var numbers: [String: UInt64] = [:]
  private(set) var texts: [String: String] = [:]
  private var lists: [String: [String]] = [:]
  /// The path of the unit's job; nil if it has none.
  private(set) var job: String?

  init(_ properties: csd_properties) {
    for property in UnsafeBufferPointer(start: properties.items, count: properties.count) {
      let name = String(cString: property.name)
      switch UInt8(bitPattern: property.kind) {
      case UInt8(ascii: "t"): numbers[name] = property.number
      case UInt8(ascii: "s"): texts[name] = String(cString: property.text)
      case UInt8(ascii: "l"):
        lists[name] = UnsafeBufferPointer(start: property.list, count: property.list_count)
          .compactMap { $0.map { String(cString: $0) } }
      case UInt8(ascii: "j"): if name == "Job", property.number != 0 { job = String(cString: property.text) }
      default: break
      }
    }
  }

  func unit(named name: String) -> UnitSnapshot {
    let id = texts["Id"] ?? name
    return UnitSnapshot(
      name: id, aliases: lists["Names", default: []].filter { $0 != id }.sorted(),
      loadState: texts["LoadState"] ?? "unknown", activeState: texts["ActiveState"] ?? "unknown",
      subState: texts["SubState"] ?? "unknown", invocation: filled("InvocationID"),
      mainStart: moment("ExecMainStartTimestampMonotonic"), activeSince: moment("ActiveEnterTimestampMonotonic"),
      startedAt: moment("InactiveExitTimestampMonotonic"), refusesStop: flag("RefuseManualStop"),
      refusesStart: flag("RefuseManualStart"), stopsWhenUnneeded: flag("StopWhenUnneeded"),
      startTimeout: limit("TimeoutStartUSec"), stopTimeout: limit("TimeoutStopUSec"),
      runtimeLimit: limit("RuntimeMaxUSec"), serviceType: filled("Type"), fragment: filled("FragmentPath"),
      dropIns: lists["DropInPaths", default: []], needsReload: flag("NeedDaemonReload"), relations: relations)
  }

  private var relations: [UnitRelation: Set<String>] {
    var result: [UnitRelation: Set<String>] = [:]
    for relation in UnitRelation.allCases {
      if let others = lists[relation.rawValue], !others.isEmpty { result[relation] = Set(others) }
    }
    return result
  }

  private func flag(_ name: String) -> Bool { numbers[name] == 1 }

  private func filled(_ name: String) -> String? { texts[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A time since boot; 0 stands for never.
  private func moment(_ name: String) -> Duration? {
    numbers[name].flatMap { $0 == 0 ? nil : .microseconds(Int64(clamping: $0)) }
  }

  /// A limit; the largest number stands for none.
  private func limit(_ name: String) -> Duration? {
    numbers[name].flatMap { $0 == .max ? nil : .microseconds(Int64(clamping: $0)) }
  }
}
