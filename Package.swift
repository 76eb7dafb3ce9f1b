// swift-tools-version: 6.2
import PackageDescription

// The rooms and the arrows between them are drawn in docs/ARCHITECTURE.md; Tests/ArchitectureTests
// compares the `import` lines with the arrows below and fails on a new one.

/// Settings of every Swift target: explicit existentials, imports that do not leak, no warnings.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "apt-gate",
  products: [
    .executable(name: "apt-gate", targets: ["apt-gate"]),
    .executable(name: "apt-gate-coordinator", targets: ["apt-gate-coordinator"]),
    .executable(name: "cel-eval", targets: ["cel-eval"]),
    .library(name: "CEL", targets: ["CEL"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // C
    .target(
      name: "CAptPkg",
      linkerSettings: [.linkedLibrary("apt-pkg")]),
    .target(
      name: "CDecompress",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("lzma"), .linkedLibrary("zstd")]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CNetlink"),
    .target(name: "CSystemd", linkerSettings: [.linkedLibrary("systemd")]),

    // pure, lowest
    .target(name: "GateModel", swiftSettings: strict),
    .target(name: "CEL", dependencies: ["CRE2"], swiftSettings: strict),
    .target(
      name: "Documents", dependencies: ["GateModel", .product(name: "Yams", package: "Yams")], swiftSettings: strict),

    .target(
      name: "CoordinatorAPI",
      dependencies: ["GateModel", "Rollout", "AuditReport", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    // pure
    .target(name: "TimeWindows", dependencies: ["GateModel", "Documents"], swiftSettings: strict),
    .target(
      name: "PackageAnalysis",
      dependencies: ["GateModel", "CDecompress", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "Policy", dependencies: ["GateModel", "CEL", "Documents", "TimeWindows"], swiftSettings: strict),

    .target(name: "NetworkState", dependencies: ["GateModel"], swiftSettings: strict),

    .target(
      name: "GateConfiguration", dependencies: ["GateModel", "Documents", "NetworkState"], swiftSettings: strict),

    .target(
      name: "LedgerLog", dependencies: ["GateModel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    .target(name: "AuditReport", dependencies: ["GateModel", "LedgerLog"], swiftSettings: strict),
    .target(
      name: "CoordinatorPages",
      dependencies: [
        "GateModel", "LedgerLog", "AuditReport", "Rollout", "CoordinatorAPI",
        .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: strict),
    .target(name: "FleetStore", swiftSettings: strict),
    .target(
      name: "FleetConfiguration", dependencies: ["GateModel", "Documents", "TimeWindows", "Rollout"],
      swiftSettings: strict),
    .target(name: "Rollout", dependencies: ["GateModel", "TimeWindows"], swiftSettings: strict),
    .target(
      name: "RolloutCoordination", dependencies: ["GateModel", "Rollout", "FleetStore"], swiftSettings: strict),

    // I/O
    .target(
      name: "AptSystem", dependencies: ["GateModel", "PackageAnalysis", "CAptPkg"], swiftSettings: strict),

    .target(
      name: "NetworkSystem",
      dependencies: ["GateModel", "NetworkState", "CNetlink", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    .target(name: "SystemdSystem", dependencies: ["GateModel", "CSystemd"], swiftSettings: strict),

    .target(
      name: "Ledger", dependencies: ["GateModel", "LedgerLog", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),

    .target(
      name: "CoordinatorClient",
      dependencies: [
        "GateModel", "Rollout", "AuditReport", "CoordinatorAPI",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], swiftSettings: strict),

    .target(
      name: "FleetStoreSQLite", dependencies: ["FleetStore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),

    .target(
      name: "FleetStoreEtcd",
      dependencies: [
        "FleetStore", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], swiftSettings: strict),

    .target(
      name: "Coordinator",
      dependencies: [
        "GateModel", "Documents", "NetworkState", "FleetStore", "LedgerLog", "AuditReport", "CoordinatorAPI", "Rollout",
        "RolloutCoordination", "CoordinatorPages",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SwiftASN1", package: "swift-asn1"), .product(name: "X509", package: "swift-certificates"),
      ], swiftSettings: strict),

    // engine
    .target(
      name: "GateEngine", dependencies: ["GateModel", "PackageAnalysis", "Policy", "NetworkState", "LedgerLog"],
      swiftSettings: strict),

    // executables
    .executableTarget(
      name: "apt-gate",
      dependencies: [
        "GateModel", "Documents", "GateConfiguration", "PackageAnalysis", "Policy", "NetworkState", "LedgerLog",
        "AuditReport", "AptSystem", "Rollout", "FleetConfiguration",
        "NetworkSystem", "SystemdSystem", "Ledger", "GateEngine", "CoordinatorAPI", "CoordinatorClient",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "apt-gate-coordinator",
      dependencies: [
        "GateModel", "Documents", "FleetStore", "FleetStoreSQLite", "FleetStoreEtcd", "CoordinatorAPI", "Coordinator",
        "FleetConfiguration", "Rollout", "SystemdSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .executableTarget(name: "cel-eval", dependencies: ["CEL"], swiftSettings: strict),

    // benchmarks
    .target(name: "CAllocationCount", path: "Benchmarks/CAllocationCount"),
    .executableTarget(
      name: "cel-bench", dependencies: ["CEL", "CAllocationCount"], path: "Benchmarks/cel-bench",
      swiftSettings: strict),
    .executableTarget(
      name: "policy-bench", dependencies: ["GateModel", "Documents", "Policy"], path: "Benchmarks/policy-bench",
      swiftSettings: strict),
    .executableTarget(
      name: "analysis-bench", dependencies: ["GateModel", "PackageAnalysis"], path: "Benchmarks/analysis-bench",
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-bench", dependencies: ["GateModel", "LedgerLog", "Ledger"], path: "Benchmarks/ledger-bench",
      swiftSettings: strict),
    .executableTarget(
      name: "report-bench",
      dependencies: [
        "GateModel", "LedgerLog", "Ledger", "AuditReport", "FleetSupport", "FleetStore", "FleetStoreSQLite",
        "Coordinator", "CoordinatorAPI", "Rollout", "RolloutCoordination",
      ], path: "Benchmarks/report-bench", swiftSettings: strict),
    .executableTarget(
      name: "fleet-bench",
      dependencies: [
        "FleetSupport", "FleetStore", "FleetStoreSQLite", "FleetStoreEtcd", "Coordinator", "CoordinatorAPI", "Rollout",
        "RolloutCoordination", "GateModel",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], path: "Benchmarks/fleet-bench", swiftSettings: strict),

    // tests
    .executableTarget(
      name: "shield-probe", dependencies: ["GateModel", "SystemdSystem"], path: "Tests/ShieldProbe",
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
    .target(
      name: "FleetSupport",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ], path: "Tests/FleetSupport", swiftSettings: strict),
    .testTarget(
      name: "CoordinatorTests",
      dependencies: [
        "TestSupport", "FleetSupport", "FleetStore", "FleetStoreSQLite", "CoordinatorAPI", "CoordinatorPages",
        "Coordinator", "GateModel", "Documents", "NetworkState", "Rollout", "CoordinatorClient", "apt-gate",
        "GateConfiguration", "Ledger", "LedgerLog", "LedgerSamples", "AuditReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .testTarget(
      name: "FleetStoreTests",
      dependencies: [
        "TestSupport", "FleetSupport", "FleetStore", "FleetStoreSQLite", "FleetStoreEtcd",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .target(
      name: "SimulatedFleet",
      dependencies: ["TestSupport", "GateModel", "Rollout", "RolloutCoordination", "FleetStore"],
      path: "Tests/SimulatedFleet", swiftSettings: strict),
    .executableTarget(
      name: "fleet-sim", dependencies: ["SimulatedFleet"], path: "Tests/FleetSim", swiftSettings: strict),
    .executableTarget(
      name: "fleet-storm",
      dependencies: [
        "SimulatedFleet", "FleetSupport", "FleetStore", "Rollout", "RolloutCoordination", "GateModel", "Documents",
        "FleetConfiguration", "CoordinatorAPI", "CoordinatorClient",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ], path: "Tests/FleetStorm", swiftSettings: strict),
    .testTarget(
      name: "FleetConfigurationTests",
      dependencies: ["FleetConfiguration", "Documents", "GateModel", "Rollout", "TimeWindows"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "RolloutTests",
      dependencies: [
        "TestSupport", "SimulatedFleet", "GateModel", "Rollout", "RolloutCoordination", "FleetStore", "TimeWindows",
      ], swiftSettings: strict),
    .testTarget(name: "GateModelTests", dependencies: ["TestSupport", "GateModel"], swiftSettings: strict),
    .testTarget(
      name: "GateConfigurationTests", dependencies: ["GateConfiguration", "Documents", "GateModel", "NetworkState"],
      swiftSettings: strict),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "GateModel"], swiftSettings: strict),
    .testTarget(name: "CELTests", dependencies: ["CEL", "cel-eval"], swiftSettings: strict),
    .testTarget(
      name: "PackageAnalysisTests", dependencies: ["TestSupport", "PackageAnalysis", "GateModel"], swiftSettings: strict
    ),
    .testTarget(
      name: "PolicyTests", dependencies: ["TestSupport", "Policy", "Documents", "GateModel", "TimeWindows"],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "AptSystemTests", dependencies: ["TestSupport", "AptSystem", "GateModel", "PackageAnalysis"],
      swiftSettings: strict),
    .testTarget(
      name: "GateEngineTests",
      dependencies: ["Documents", "GateEngine", "GateModel", "PackageAnalysis", "Policy", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "apt-gate", "GateModel", "Documents", "GateConfiguration", "GateEngine", "AptSystem", "PackageAnalysis",
        "Rollout", "FleetConfiguration", "CoordinatorAPI", "Policy", "NetworkState", "NetworkSystem", "SystemdSystem",
        "LedgerLog", "Ledger", "AuditReport", "LedgerSamples", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "NetworkStateTests", dependencies: ["NetworkState", "GateModel", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "NetworkSystemTests", dependencies: ["NetworkSystem", "NetworkState", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SystemdSystemTests", dependencies: ["SystemdSystem", "GateModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LedgerLogTests", dependencies: ["LedgerLog", "LedgerSamples", "GateModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests", dependencies: ["Ledger", "LedgerLog", "GateModel", "TestSupport", "ledger-bench"],
      exclude: ["verify_ledger.py"], swiftSettings: strict),
    .target(
      name: "LedgerSamples", dependencies: ["GateModel", "LedgerLog"], path: "Tests/LedgerSamples",
      swiftSettings: strict),
    .testTarget(
      name: "AuditReportTests",
      dependencies: ["AuditReport", "LedgerLog", "GateModel", "LedgerSamples", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(
      name: "SystemTests",
      dependencies: [
        "TestSupport", "FleetSupport", "fleet-storm", "apt-gate", "GateEngine", "GateModel", "Ledger", "LedgerLog",
        "LedgerSamples", "Coordinator", "CoordinatorAPI", "CoordinatorClient", "FleetStore", "FleetStoreSQLite",
        "Rollout", "AuditReport",
      ],
      exclude: ["Fixtures", "Lab"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
