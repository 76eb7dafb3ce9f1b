import Foundation

/// One run of a real maintainer script that is to be recorded.
struct RecordingJob: Hashable, Sendable {
  /// What the shims answer to questions such as `systemctl is-active`.
  enum Scenario: String, Codable, Sendable {
    /// Every unit is active and enabled.
    case active
    /// No unit is active or enabled.
    case inactive
  }

  var subject: CorpusPackage
  var script: String
  var arguments: [String]
  var scenario: Scenario
  /// The version that the upgrade comes from.
  var from: String

  /// The runs of one package's scripts in an upgrade: from a version just before it, as most updates are, and from
  /// `old`, the previous release's. Source of the arguments: Debian Policy, section 6.5.
  static func jobs(for subject: CorpusPackage, old: String) -> [RecordingJob] {
    let version = subject.package.version
    let before = version + "~"
    func job(_ script: String, _ arguments: [String], _ scenario: Scenario = .active, from: String) -> RecordingJob {
      RecordingJob(subject: subject, script: script, arguments: arguments, scenario: scenario, from: from)
    }
    return [
      job("postinst", ["configure", before], from: before),
      job("postinst", ["configure", before], .inactive, from: before),
      job("postinst", ["configure", old], from: old),
      job("preinst", ["upgrade", old, version], from: old),
      job("prerm", ["upgrade", version], from: before),
    ]
  }
}
