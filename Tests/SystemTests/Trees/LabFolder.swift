import Foundation

/// Where the lab keeps its scripts, its fixtures and what it builds.
enum LabFolder {
  /// `Tests/SystemTests` of the sources that this test was built from.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let scripts = tests.appending(path: "Lab")
  static let fixtures = tests.appending(path: "Fixtures")

  /// Root trees, .debs and recordings, kept between runs: `$APT_GATE_SYSTEM_CACHE`, or `.build/system`.
  static let cache: URL = {
    if let chosen = ProcessInfo.processInfo.environment["APT_GATE_SYSTEM_CACHE"], !chosen.isEmpty {
      return URL(filePath: chosen)
    }
    return tests.appending(path: "../../.build/system").standardizedFileURL
  }()

  /// The program under test: `$APT_GATE_BINARY`, or `apt-gate` beside this test bundle.
  static let program: URL = {
    if let chosen = ProcessInfo.processInfo.environment["APT_GATE_BINARY"], !chosen.isEmpty {
      return URL(filePath: chosen)
    }
    let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(filePath: running).deletingLastPathComponent().appending(path: "apt-gate")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : tests.appending(path: "../../.build/debug/apt-gate").standardizedFileURL
  }()

  /// The coordinator beside the program under test.
  static func coordinator() throws -> URL {
    let file = program.deletingLastPathComponent().appending(path: "apt-gate-coordinator")
    guard FileManager.default.isExecutableFile(atPath: file.path) else {
      throw LabError.missing("`\(file.path)` is not built")
    }
    return file
  }

  /// The libraries of Swift's that the program under test is linked to, with the paths at which it looks for them: none for
  /// one that is built for use. What Debian has is left out: the package says that it depends on that.
  static func swiftLibraries() async throws -> [(file: URL, path: String)] {
    try await LabCommand("ldd", program.path).output().split(separator: "\n").compactMap { line in
      guard let path = line.split(separator: " ").first(where: { $0.hasPrefix("/") }).map(String.init),
        path.contains("/swift/")
      else { return nil }
      return (URL(filePath: path).resolvingSymlinksInPath(), path)
    }
  }

  /// The words that run one of the lab's scripts.
  static func script(_ name: String) -> String { scripts.appending(path: name).path }

  /// The lines of a fixture that are not comments.
  static func lines(ofFixture name: String) throws -> [String] {
    try String(contentsOf: fixtures.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }
}
