import FleetStore
import FleetStoreEtcd
import FleetStoreSQLite
import FleetSupport
import Foundation
import Testing

/// A driver with a real database behind it, which goes away with it.
final class StoreUnderTest: Sendable {
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, etcd
    var testDescription: String { rawValue }

    /// etcd's tests need etcd.
    static var available: [Kind] {
      if EtcdServer.isInstalled { return allCases }
      print("FleetStore contract on etcd: \(EtcdServer.skipped)")
      return [.sqlite]
    }
  }

  let kind: Kind
  let folder: URL
  let server: EtcdServer?

  init(_ kind: Kind) async throws {
    self.kind = kind
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("fleet-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard kind == .etcd else {
      server = nil
      return
    }
    let ports = try LoopbackPort.free(2)
    let server = EtcdServer(clientPort: ports[0], peerPort: ports[1], folder: folder)
    self.server = server
    try server.start()
    try await server.waitUntilUp()
  }

  deinit {
    server?.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Opens it once more: another coordinator.
  func open(deadline: Duration = .seconds(10)) throws -> any FleetStore {
    switch kind {
    case .sqlite: try SQLiteFleetStore(path: folder.appendingPathComponent("fleet.db").path, deadline: deadline)
    case .etcd:
      try EtcdFleetStore(EtcdSettings(endpoints: [server?.url ?? ""], deadline: deadline, patience: .seconds(3)))
    }
  }

  /// As after the loss of power: etcd is killed and started again.
  func restart() async throws {
    guard let server else { return }
    server.stop()
    try server.start()
    try await server.waitUntilUp()
  }
}
