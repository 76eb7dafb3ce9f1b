internal import GateModel

/// The effects that the files of a package have by themselves: udev rules, network configuration, kernel parameters.
struct FileEffects {
  private struct Finding {
    var state: FileComparison.State
    var path: String
  }

  /// Paths named in one line for people; the rest is counted.
  private static let shownPaths = 3

  let package: String
  let comparison: FileComparison

  /// One effect for each rule and kind that any file meets.
  ///
  /// `certain` if a file comes, goes or differs from what the node has; `possible` if its content was not at hand.
  func effects() -> [Effect] {
    var findings: [Int: [Finding]] = [:]
    for entry in comparison.entries {
      let matches = FileRuleIndex.shared.matches(entry.path)
      guard !matches.isEmpty, let state = comparison.state(of: entry) else { continue }
      let path = (entry.new ?? entry.old)?.path ?? entry.path
      for match in matches { findings[match, default: []].append(Finding(state: state, path: path)) }
    }
    return FileRule.all.indices.flatMap { index in effects(FileRule.all[index], findings[index] ?? []) }
  }

  /// Units that the package had and no longer has. No effect by themselves: what stops them is a script.
  func removedUnits() -> [String] {
    let directory = "/usr/lib/systemd/system/"
    return comparison.entries.compactMap { entry in
      guard entry.new == nil, entry.path.hasPrefix(directory), comparison.state(of: entry) == .removed else {
        return nil
      }
      let name = entry.path.dropFirst(directory.count)
      return name.contains("/") ? nil : String(name)
    }
  }

  private func effects(_ rule: FileRule, _ findings: [Finding]) -> [Effect] {
    guard let first = findings.first(where: { $0.state != .perhapsChanged }) ?? findings.first else { return [] }
    let evidence = Evidence(basis: comparison.basis, file: first.path, text: first.state.rawValue)
    let certainty: Certainty = first.state == .perhapsChanged ? .possible : .certain
    let detail = "\(rule.name): \(summary(findings))"
    return rule.kinds.map {
      Effect(kind: $0, certainty: certainty, evidence: evidence, package: package, detail: detail)
    }
  }

  /// Such as `new /etc/sysctl.d/a.conf; removed /etc/sysctl.d/b.conf and 2 more`.
  private func summary(_ findings: [Finding]) -> String {
    FileComparison.State.allCases.compactMap { state in
      let paths = findings.filter { $0.state == state }.map(\.path)
      guard !paths.isEmpty else { return nil }
      let shown = paths.prefix(Self.shownPaths).joined(separator: ", ")
      let rest = paths.count - Self.shownPaths
      return "\(state.rawValue) \(shown)" + (rest > 0 ? " and \(rest) more" : "")
    }.joined(separator: "; ")
  }
}
