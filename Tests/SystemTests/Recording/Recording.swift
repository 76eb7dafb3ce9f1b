import Foundation

/// What one run of a real maintainer script did: a line of the recordings file.
struct Recording: Codable, Sendable {
  var package: String
  var version: String
  var script: String
  var arguments: [String]
  var scenario: RecordingJob.Scenario
  var from: String
  /// The script's exit status; 137 if it ran out of time.
  var status: Int
  var calls: [RecordedCall]

  /// For a person: the script and its arguments as dpkg would call it.
  var title: String { "\(package).\(script) \(arguments.joined(separator: " ")) (\(scenario.rawValue))" }
}

/// One call of a tool, as `Lab/shim` wrote it down.
struct RecordedCall: Codable, Hashable, Sendable {
  var tool: String
  var argv: [String]
  /// The command line of the process that made the call.
  var caller: [String]

  /// The program that made the call, if it was not the maintainer script itself.
  var otherProgram: String? {
    let head = caller.prefix(4)
    if head.contains(where: { $0.hasPrefix("/var/lib/dpkg/info/") }) { return nil }
    let name = head.first { $0.hasPrefix("/") && !Self.interpreters.contains($0) } ?? caller.first ?? "unknown"
    return (name as NSString).lastPathComponent.replacing(".lab-real-", with: "")
  }

  private static let interpreters: Set<String> = [
    "/bin/sh", "/bin/bash", "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/perl", "/usr/bin/python3",
  ]
}
