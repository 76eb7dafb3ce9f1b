import Foundation

/// What `kill-hook` found on a node, or on several.
struct KillReport: Decodable, Sendable {
  /// How many points were tried, and at how many of those something was killed.
  var tried = 0
  var reached = 0
  /// At how many calls of each name the hook went on: it waited less often this time, or its child made the call, which
  /// becomes the guard.
  var missed: [String: Int] = [:]
  /// What was wrong afterwards; empty if all was well.
  var problems: [String] = []

  init() {}

  init(_ text: String) throws {
    self = try JSONDecoder().decode(KillReport.self, from: Data(text.utf8))
  }

  mutating func add(_ other: KillReport) {
    tried += other.tried
    reached += other.reached
    missed.merge(other.missed, uniquingKeysWith: +)
    problems += other.problems
  }
}

extension GatedNode {
  /// A booted node that apt-gate stands in the way of apt on, with the packages of `gate-packages`.
  static func bootWithPackages(_ programs: [String] = []) async throws -> GatedNode {
    let gated = try await boot()
    for program in programs {
      let found = try await LabCommand("which", program).output().trimmingCharacters(in: .whitespacesAndNewlines)
      try await gated.node.install(program: URL(filePath: found).resolvingSymlinksInPath(), to: "/usr/bin/\(program)")
      try await gated.copyMissingLibraries(of: found)
    }
    for script in ["gate-packages", "kill-hook", "time-hook"] {
      try gated.node.copy(URL(filePath: LabFolder.script(script)), to: "/usr/local/bin/\(script)")
    }
    try await gated.node.shell("gate-packages")
    return gated
  }

  /// Shared libraries of a program of this machine's that the node has not.
  private func copyMissingLibraries(of program: String) async throws {
    let lines = try await LabCommand("ldd", program).output().split(separator: "\n")
    for path in lines.compactMap({ $0.firstMatch(of: /=> (\/[^ ]+)/)?.output.1 }).map(String.init)
    where try await node.run("test", "-e", path).status != 0 {
      try node.copy(URL(filePath: path).resolvingSymlinksInPath(), to: path)
    }
  }
}
