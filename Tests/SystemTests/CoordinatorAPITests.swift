import Foundation
import Testing

/// The coordinator as it is installed, asked what its OpenAPI document allows and forbids: schemathesis finds no 5xx.
@Suite("the coordinator's API", LabRequirements.trait, .serialized)
struct CoordinatorAPITests {
  /// Of the Python Package Index.
  private static let schemathesis = "schemathesis==4.32.5"

  /// For so long questions are made up; `APT_GATE_API_SECONDS` says another time.
  private static let seconds = ProcessInfo.processInfo.environment["APT_GATE_API_SECONDS"] ?? "240"
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  @Test(.timeLimit(.minutes(10))) func noServerErrors() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "coordinator-api-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let python = try Self.install(in: folder)
    let program = try LabFolder.coordinator().path
    let port = 20_000 + Int.random(in: 0..<10_000)
    let configuration = folder.appending(path: "coordinator.yaml").path
    try """
    apiVersion: coordinator/v1
    listen: "127.0.0.1:\(port)"
    store: {sqlite: \(folder.path)/fleet.db}
    fleetlock: {groups: [{name: default, slots: 1, deadline: 1h}]}
    limits: {perIdentity: 100000}
    """.write(toFile: configuration, atomically: true, encoding: .utf8)
    let roles = ["node", "viewer", "operator", "approver", "auditor", "publisher"].flatMap { ["--role", $0] }
    let token = try Self.run(program, ["token", "create", "--config", configuration] + roles + ["tester"]).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let server = Process()
    server.executableURL = URL(filePath: program)
    server.arguments = ["serve", "--config", configuration, "--log-level", "error"]
    try server.start()
    defer {
      server.terminate()
      server.end()
    }
    try await Self.wait(for: "http://127.0.0.1:\(port)/healthz")
    let document = Self.root.appending(path: "docs/protocols/coordinator.openapi.yaml").path
    let result = try Self.run(
      python,
      [
        "run", document, "-u", "http://127.0.0.1:\(port)", "-H", "Authorization: Bearer \(token)", "-c",
        "not_a_server_error", "-n", "50", "--max-time", Self.seconds, "--seed", "1", "--no-color",
      ])
    #expect(result.status == 0, "\(result.output.suffix(4000))")
    #expect(server.lives)
    print(result.output.suffix(400))
  }

  private static func install(in folder: URL) throws -> String {
    let environment = folder.appending(path: "python").path
    let made = try run("/usr/bin/env", ["python3", "-m", "venv", environment])
    try #require(made.status == 0, "\(made.output)")
    let installed = try run("\(environment)/bin/pip", ["-q", "install", schemathesis])
    try #require(installed.status == 0, "\(installed.output)")
    return "\(environment)/bin/schemathesis"
  }

  private static func wait(for url: String) async throws {
    for _ in 0..<100 {
      if try run("/usr/bin/env", ["curl", "-sf", "-m", "2", "-o", "/dev/null", url]).status == 0 { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record("the coordinator does not answer")
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.start()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
