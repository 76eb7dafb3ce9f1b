internal import GateModel

/// The systemd unit in a process's control group. Source: proc(5), `/proc/PID/cgroup`; systemd, docs/CGROUP_DELEGATION.md.
enum ControlGroup {
  /// The system unit; nil for a process outside of every unit.
  ///
  /// The first part that is no slice is the unit: what is below it belongs to the unit, as does a container's own tree.
  static func unit(in text: String) -> String? { paths(in: text).lazy.compactMap(unit(ofPath:)).first }

  private static func unit(ofPath path: Substring) -> String? {
    guard let part = path.split(separator: "/").first(where: { !$0.hasSuffix(".slice") }) else { return nil }
    // Names that the kernel reserves are escaped by a leading underscore.
    let name = String(part.hasPrefix("_") ? part.dropFirst() : part)
    return UnitName.isValid(name) && types.contains(UnitName.type(of: name) ?? "") ? name : nil
  }

  private static let types: Set<Substring> = ["service", "scope", "socket", "mount", "swap"]

  /// The paths in systemd's own hierarchies, the older first: `N:name=systemd:PATH` where there is one, and `0::PATH`.
  private static func paths(in text: String) -> [Substring] {
    let lines = text.split(separator: "\n")
      .map { $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false) }.filter { $0.count == 3 }
    return (lines.filter { $0[1] == "name=systemd" } + lines.filter { $0[0] == "0" && $0[1].isEmpty }).map { $0[2] }
  }
}
