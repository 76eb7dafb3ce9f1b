import Foundation

/// What `kill-hook` found on a node.
struct KillReport: Decodable, Sendable {
  /// How many points there are, how many were tried, and at how many of those something was killed.
  var points: Int
  var tried: Int
  var reached: Int
  /// What was wrong afterwards; empty if all was well.
  var problems: [String]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(KillReport.self, from: Data(text.utf8))
  }
}

extension GatedNode {
  /// A booted node that apt-gate stands in the way of apt on, with the packages of `gate-packages`.
  static func bootWithPackages(_ programs: String...) async throws -> GatedNode {
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
