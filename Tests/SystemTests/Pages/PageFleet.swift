import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import Rollout

#if canImport(Glibc)
  import Glibc
#endif

/// A real coordinator on loopback with SQLite, and a small fleet that has told it things. It ends with the last reference.
final class PageFleet: @unchecked Sendable {
  static let patience = Duration.seconds(60)

  let url: String
  let store: SQLiteFleetStore
  private let folder: ScratchFolder
  private let server = Process()

  /// One that answers, and knows nothing.
  init() async throws {
    folder = try ScratchFolder()
    let port = try LoopbackPort.free(1)[0]
    url = "http://127.0.0.1:\(port)"
    let configuration = "\(folder.path)/coordinator.yaml"
    let database = "\(folder.path)/fleet.db"
    try """
    apiVersion: coordinator/v1
    listen: "127.0.0.1:\(port)"
    store: {sqlite: \(database)}
    limits: {perIdentity: 100000}
    """.write(toFile: configuration, atomically: true, encoding: .utf8)
    store = try SQLiteFleetStore(path: database, deadline: .seconds(30))
    let log = "\(folder.path)/log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    server.executableURL = try LabFolder.coordinator()
    server.arguments = ["serve", "--config", configuration]
    server.standardInput = FileHandle.nullDevice
    server.standardOutput = FileHandle.nullDevice
    server.standardError = try FileHandle(forWritingTo: URL(filePath: log))
    try server.start()
    let end = ContinuousClock.now + Self.patience
    while !LoopbackPort.answers(port) {
      guard server.lives, .now < end else {
        throw LabError.missing(
          "the coordinator does not start: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  deinit {
    if server.lives { kill(server.processIdentifier, SIGKILL) }
    server.end()
  }

  // MARK: Who speaks to it

  func token(of name: String, _ roles: Role...) async throws -> String {
    try await token(of: name, Set(roles))
  }

  private func token(of name: String, _ roles: Set<Role>) async throws -> String {
    let now = Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
    return try await TokenStore(store).create(name: name, roles: roles, expires: nil, at: now).text
  }

  func client(_ name: String, _ roles: Role...) async throws -> CoordinatorClient {
    let file = "\(folder.path)/\(name).token"
    try await token(of: name, Set(roles)).write(toFile: file, atomically: true, encoding: .utf8)
    return try CoordinatorClient(CoordinatorAddress(url: url, tokenFile: file))
  }

  /// Asks what has been asked of a page through the API.
  func report(of id: RolloutID) async throws -> RolloutReport {
    let viewer = try await client("viewer-\(UUID().uuidString)", .viewer)
    return try await viewer.rollout(id, within: Self.patience).report
  }
}
