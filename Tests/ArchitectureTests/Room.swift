/// A target and what it may import. The table mirrors docs/ARCHITECTURE.md; imports point down only.
struct Room: Sendable {
  enum Kind: Sendable {
    /// Values in, values out: no files, no sockets, no clock.
    case pure
    case effectful
    case executable
  }

  var name: String
  var kind: Kind
  /// Rooms of this package that it may know.
  var rooms: Set<String>
  /// Modules from outside that it may know.
  var modules: Set<String>
  /// Files of a pure room that may do I/O all the same; each needs its reason in the table.
  var impureFiles: Set<String>

  init(
    _ name: String, _ kind: Kind, rooms: Set<String> = [], modules: Set<String> = [], impureFiles: Set<String> = []
  ) {
    self.name = name
    self.kind = kind
    self.rooms = rooms
    self.modules = modules
    self.impureFiles = impureFiles
  }

  static let all: [Room] = [
    Room("GateModel", .pure),
    // The time zone database is data that the language's timestamps are defined by.
    Room(
      "CEL", .pure, rooms: ["CRE2"], modules: ["Glibc", "Synchronization"],
      impureFiles: ["Sources/CEL/Values/ZoneFile.swift"]),
    Room("PackageAnalysis", .pure, rooms: ["GateModel", "CDecompress"], modules: ["Crypto"]),
    Room("Documents", .pure, rooms: ["GateModel"], modules: ["Yams", "CYaml"]),
    // Foundation for calendars and time zones; Rules.impureCalls keeps its I/O and its clock out.
    Room("TimeWindows", .pure, rooms: ["GateModel", "Documents"], modules: ["Foundation"]),
    Room("Policy", .pure, rooms: ["GateModel", "CEL", "Documents", "TimeWindows"], modules: ["Foundation"]),
    Room("NetworkState", .pure, rooms: ["GateModel"]),
    Room("GateConfiguration", .pure, rooms: ["GateModel", "Documents", "NetworkState"]),
    Room("LedgerLog", .pure, rooms: ["GateModel"], modules: ["Crypto", "FoundationEssentials"]),
    Room("AuditReport", .pure, rooms: ["GateModel", "LedgerLog"]),
    Room(
      "CoordinatorPages", .pure, rooms: ["GateModel", "LedgerLog", "AuditReport", "Rollout", "CoordinatorAPI"],
      modules: ["Mustache"]),
    Room("FleetStore", .pure),
    Room("FleetConfiguration", .pure, rooms: ["GateModel", "Documents", "TimeWindows", "Rollout"]),
    Room("Rollout", .pure, rooms: ["GateModel", "TimeWindows"]),
    Room(
      "RolloutCoordination", .pure, rooms: ["GateModel", "Rollout", "FleetStore"], modules: ["FoundationEssentials"]),
    Room("GateEngine", .pure, rooms: ["GateModel", "PackageAnalysis", "Policy", "NetworkState", "LedgerLog"]),
    Room(
      "CoordinatorAPI", .pure, rooms: ["GateModel", "Rollout", "AuditReport"],
      modules: ["Crypto", "FoundationEssentials"]),
    Room(
      "CoordinatorClient", .effectful, rooms: ["GateModel", "Rollout", "AuditReport", "CoordinatorAPI"],
      modules: http.union(["AsyncHTTPClient", "FoundationEssentials", "Glibc"])),
    Room(
      "FleetStoreSQLite", .effectful, rooms: ["FleetStore"],
      modules: ["GRDB", "Dispatch", "FoundationEssentials", "Synchronization"]),
    Room(
      "FleetStoreEtcd", .effectful, rooms: ["FleetStore"],
      modules: http.union(["AsyncHTTPClient", "FoundationEssentials", "Glibc", "NIOPosix", "Synchronization"])),
    Room(
      "Coordinator", .effectful,
      rooms: [
        "GateModel", "Documents", "NetworkState", "FleetStore", "LedgerLog", "AuditReport", "CoordinatorAPI", "Rollout",
        "RolloutCoordination", "CoordinatorPages",
      ],
      modules: http.union([
        "Crypto", "FoundationEssentials", "Hummingbird", "HummingbirdCore", "HTTPTypes", "Logging",
        "NIOHTTPTypes",
        "ServiceLifecycle", "SwiftASN1", "Synchronization", "X509",
      ])),
    Room(
      "AptSystem", .effectful, rooms: ["GateModel", "PackageAnalysis", "CAptPkg"],
      modules: system.union(["FoundationEssentials"])),
    Room(
      "NetworkSystem", .effectful, rooms: ["GateModel", "NetworkState", "CNetlink"],
      modules: system.union(["Crypto", "FoundationEssentials"])),
    Room("SystemdSystem", .effectful, rooms: ["GateModel", "CSystemd"], modules: system),
    Room(
      "Ledger", .effectful, rooms: ["GateModel", "LedgerLog"], modules: system.union(["GRDB", "FoundationEssentials"])),
    Room(
      "apt-gate", .executable,
      rooms: [
        "GateModel", "Documents", "GateConfiguration", "PackageAnalysis", "Policy", "NetworkState", "LedgerLog",
        "AuditReport", "AptSystem", "Rollout", "FleetConfiguration",
        "NetworkSystem", "SystemdSystem", "Ledger", "GateEngine", "CoordinatorAPI", "CoordinatorClient",
      ], modules: system.union(["ArgumentParser"])),
    Room(
      "apt-gate-coordinator", .executable,
      rooms: [
        "GateModel", "Documents", "FleetStore", "FleetStoreSQLite", "FleetStoreEtcd", "CoordinatorAPI", "Coordinator",
        "FleetConfiguration", "Rollout", "SystemdSystem",
      ],
      modules: system.union([
        "ArgumentParser", "Foundation", "FoundationEssentials", "Logging", "ServiceLifecycle", "UnixSignals",
      ])),
    Room("cel-eval", .executable, rooms: ["CEL"], modules: system.union(["ArgumentParser", "Foundation"])),
  ]

  /// The system's interfaces, for rooms that do I/O.
  private static let system: Set<String> = ["Glibc", "Dispatch", "Synchronization"]

  /// Connections, for rooms that speak HTTP.
  private static let http: Set<String> = ["NIOCore", "NIOHTTP1", "NIOSSL"]

  static func named(_ name: String) -> Room? { all.first { $0.name == name } }
}
