import AptSystem
import GateEngine
import GateModel
import PackageAnalysis

/// Asks apt for the changelogs of what no .deb is at hand of, where a person has asked for that.
struct ChangelogCompletion {
  let fetcher: ChangelogFetcher

  /// All changelogs of a sync together may take so long; what is not there then is not known.
  static let limit = Duration.seconds(60)

  init(options: [AptOption]) {
    fetcher = ChangelogFetcher(
      options: options.map { "\($0.key)=\($0.value)" }, deadline: .now + Self.limit)
  }

  /// `checked` with what its changelog says, if it did not say anything yet.
  func complete(_ checked: CheckedChange) -> CheckedChange {
    guard checked.changelog == nil, let to = checked.change.to, checked.change.action != .downgrade,
      let binary = checked.change.binaries.first(where: { $0.to != nil }), let version = binary.to,
      let text = fetcher.text(package: "\(binary.name):\(binary.architecture)", version: version.text)
    else { return checked }
    var checked = checked
    checked.changelog = ChangelogSummary(changelog: text, from: checked.change.from, to: to)
    return checked
  }
}
