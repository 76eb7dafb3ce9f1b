import FleetSupport
import Foundation

/// A coordinator as it is installed, on a switch: SQLite, TLS with an authority of its own, tokens and certificates.
final class LabCoordinator: @unchecked Sendable {
  /// One line of its log, as far as the tests look at it.
  struct LogEntry: Decodable {
    var message: String
    var time: String
    var node: String?
    var rollout: String?
    var outcome: String?
    var phase: String?
    var reason: String?
  }

  static let url = "https://\(LabSwitch.address):8441"
  let authority: TestAuthority
  private let lab: LabSwitch
  private let folder: URL
  private let server = Process()
  private let leash = Pipe()

  /// Ends the program in `$0` when standard input ends: however its other end went.
  private static let keeper = """
    "$0" "$@" < /dev/null & server=$!
    while kill -0 "$server" 2> /dev/null; do
      status=0
      read -r -t 0.2 _ || status=$?
      ((status > 128)) || break
    done
    kill "$server" 2> /dev/null
    for i in $(seq 100); do kill -0 "$server" 2> /dev/null || break; sleep 0.1; done
    kill -KILL "$server" 2> /dev/null
    """

  /// `identities` have client certificates that give the role of a node.
  init(on lab: LabSwitch, identities: [String], more: String = "") async throws {
    self.lab = lab
    folder = FileManager.default.temporaryDirectory.appending(path: "lab-coordinator-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    authority = try TestAuthority("fleet", in: folder)
    let own = try authority.issue("coordinator", address: [198, 18, 0, 1])
    let names = identities.map { "  - {name: \($0), roles: [node]}\n" }.joined()
    try """
    apiVersion: coordinator/v1
    listen: "\(LabSwitch.address):8441"
    tls: {certificate: \(own.certificate), key: \(own.key), clientAuthorities: \(authority.certificate)}
    store: {sqlite: \(folder.path)/fleet.db}
    identities:
    \(names)\(more)
    """.write(toFile: configuration, atomically: true, encoding: .utf8)
    try Data().write(to: URL(filePath: log))
    try await start()
  }

  deinit {
    try? leash.fileHandleForWriting.close()
    server.end()
    try? FileManager.default.removeItem(at: folder)
  }

  private var configuration: String { folder.appending(path: "coordinator.yaml").path }
  private var log: String { folder.appending(path: "log").path }

  private func start() async throws {
    let program = try LabFolder.coordinator().path
    server.executableURL = URL(filePath: "/usr/bin/env")
    let words = [program, "serve", "--config", configuration, "--log-level", "debug"]
    server.arguments = lab.entry + ["bash", "-c", Self.keeper] + words
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    server.standardInput = leash
    server.standardOutput = output
    server.standardError = output
    try server.start()
    for _ in 0..<300 {
      if text.contains("\"listening\"") { return }
      guard server.lives else { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw LabError.missing("the coordinator does not start: \(text.suffix(1000))")
  }

  private var text: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// What it has recorded of itself, in order.
  func entries() -> [LogEntry] {
    text.split(separator: "\n").compactMap { try? JSONDecoder().decode(LogEntry.self, from: Data($0.utf8)) }
  }

  /// A new token.
  func token(of name: String, _ roles: String...) async throws -> String { try await makeToken(of: name, roles) }

  private func makeToken(of name: String, _ roles: [String]) async throws -> String {
    let words = ["token", "create", "--config", configuration] + roles.flatMap { ["--role", $0] } + [name]
    return try await LabCommand(words: [try LabFolder.coordinator().path] + words).output()
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A file with a person's token, which is made the first time.
  func tokenFile(of person: String, _ roles: String...) async throws -> String {
    let file = folder.appending(path: "\(person).token").path
    if !FileManager.default.fileExists(atPath: file) {
      try await makeToken(of: person, roles).write(toFile: file, atomically: true, encoding: .utf8)
    }
    return file
  }

  /// The words before a command that is to run beside the switch.
  var besideSwitch: [String] { lab.entry }

  /// Runs an operator's command beside the switch.
  func fleet(_ words: String..., as person: String = "operator") async throws -> LabOutcome {
    let file = try await tokenFile(of: person, "operator", "viewer")
    return try await LabCommand(
      words: lab.entry + ["timeout", "60", LabFolder.program.path, "fleet"] + words
        + ["--coordinator", Self.url, "--trust", authority.certificate, "--token-file", file]
    ).outcome()
  }

  /// Puts groups and rings into force.
  func configure(_ text: String) async throws {
    let file = folder.appending(path: "fleet.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try await fleet("configuration", "--replace-with", file, "--reason", "the test's rings")
    guard outcome.status == 0 else { throw LabError.failed(outcome) }
  }
}
