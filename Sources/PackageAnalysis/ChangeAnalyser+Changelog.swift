internal import GateModel

extension ChangeAnalyser {
  /// What `change` fixes, by the changelogs of those of its packages whose .debs are at hand; nil if none has one.
  static func changelog(of change: Change, _ inputs: [BinaryInputs]) -> ChangelogSummary? {
    guard let to = change.to, change.action != .downgrade else { return nil }
    // Packages of one source mostly have the same text.
    let texts = Set(inputs.compactMap { $0.candidate?.changelog })
    return ChangelogSummary.joined(texts.compactMap { ChangelogSummary(changelog: $0, from: change.from, to: to) })
  }
}
