import Foundation
import Testing

/// Debian's headless chromium. Nothing that it shows comes from the network.
enum Browser {
  static let program = "/usr/bin/chromium-headless-shell"
  /// A page takes a second or two; one that hangs is ended.
  private static let limit = 60.0

  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// Enables tests that need a browser and nothing else of the lab: neither root nor namespaces.
  static var trait: ConditionTrait {
    let isWanted = ProcessInfo.processInfo.environment["APT_GATE_SYSTEM_TESTS"] == "1"
    let why =
      isWanted ? "chromium-headless-shell is not installed" : "run only with APT_GATE_SYSTEM_TESTS=1 (`make system`)"
    return .enabled(if: isWanted && isInstalled, "\(why)")
  }

  /// What a reader may have.
  enum Form: String, CaseIterable {
    case light, dark, phone

    fileprivate var words: [String] {
      switch self {
      case .light: ["--window-size=1280,4200"]
      // 0 is dark in blink's PreferredColorScheme.
      case .dark: ["--window-size=1280,4200", "--blink-settings=preferredColorScheme=0"]
      case .phone: ["--window-size=390,4200"]
      }
    }
  }

  struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  struct Failure: Error { var message: String }

  static func draw(_ page: String, as form: Form, to picture: String) throws {
    try show(page, form.words + ["--hide-scrollbars", "--screenshot=\(picture)"])
  }

  static func print(_ page: String, to paper: String) throws {
    try show(page, ["--no-pdf-header-footer", "--print-to-pdf=\(paper)"])
  }

  /// The names of the elements of the page's tree with the names of their attributes, in order.
  static func elements(of page: String) throws -> [String] {
    let markup = try show(page, ["--dump-dom"])
    return markup.matches(of: /<([a-zA-Z][^\s>\/]*)([^<>]*)>/).map { match in
      let names = match.output.2.matches(of: /\s([a-zA-Z:-]+)=/).map { String($0.output.1) }.filter { $0 != "class" }
      return ([String(match.output.1)] + names).joined(separator: " ")
    }
  }

  @discardableResult
  private static func show(_ page: String, _ words: [String]) throws -> String {
    let profile = try ScratchFolder()
    let outcome = try run(
      [
        program, "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--user-data-dir=\(profile.path)", "--host-resolver-rules=MAP * ~NOTFOUND",
      ] + words + ["file://\(page)"])
    guard outcome.status == 0 else { throw Failure(message: outcome.error) }
    return outcome.output
  }

  /// Runs a program to its end, or ends it after ``limit``.
  static func run(_ words: [String]) throws -> Outcome {
    let files = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardInput = FileHandle.nullDevice
    let (output, error) = (files.path + "/output", files.path + "/error")
    for path in [output, error] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: error))
    try process.start()
    let end = Date(timeIntervalSinceNow: limit)
    while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
    if process.isRunning {
      process.terminate()
      throw Failure(message: "\(words[0]) took over \(limit) s")
    }
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      error: try String(contentsOfFile: error, encoding: .utf8))
  }
}

/// Pictures for a person to look at, in the folder that `APT_GATE_ARTIFACTS` names or in `artifacts/screenshots`.
enum Screenshots {
  private static let folder: URL = {
    if let chosen = ProcessInfo.processInfo.environment["APT_GATE_ARTIFACTS"], !chosen.isEmpty {
      return URL(filePath: chosen)
    }
    return LabFolder.tests.appending(path: "../../artifacts/screenshots").standardizedFileURL
  }()

  /// - Parameter files: by name, such as `report-light.png`.
  static func keep(_ files: [String: Data]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, data) in files { try data.write(to: folder.appending(path: name)) }
  }
}

/// A folder that is removed with the last reference to it.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/apt-gate-pages-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
