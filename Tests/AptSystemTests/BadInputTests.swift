import AptSystem
import Foundation
import GateModel
import Testing

/// What is wrong with the node is an error with a code and advice, and never the end of the process.
@Suite struct BadInputTests {
  @Test func noListsIsNotNothingPending() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0")])
    let error = try #require(try failure { try root.collector().pending() })
    #expect(error.code == .listsMissing)
    #expect(error.advice == "run `apt-get update`")
  }

  @Test func noSourcesIsNotNothingPending() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    let error = try #require(try failure { try root.collector().pending() })
    #expect(error.code == .listsMissing)
    #expect(error.message.contains("no package source is configured"))
  }

  @Test func oneSourceWithoutListIsAWarning() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0")])
    try root.update()
    try root.repository([Stanza("tool", "2.0")], TestRoot.securityRelease)
    let pending = try root.collector().pending()
    #expect(pending.changes.count == 1)
    #expect(pending.warnings.contains { $0.contains("bookworm-security") && $0.contains("apt-get update") })
  }

  @Test(arguments: ["absent", "directory", "fifo", "empty", "no package"]) func statusThatCannotBe(_ kind: String)
    throws
  {
    let root = try prepared()
    let status = "\(root.path)/var/lib/dpkg/status"
    try FileManager.default.removeItem(atPath: status)
    switch kind {
    case "directory": try root.make("var/lib/dpkg/status")
    case "fifo": try Command.run("mkfifo", status)
    case "empty": try root.write("var/lib/dpkg/status", "")
    case "no package": try root.write("var/lib/dpkg/status", "\n\n\n")
    default: break
    }
    let error = try #require(try failure { try root.collector().pending() })
    #expect(error.code == .statusUnreadable, "\(error)")
    #expect(error.description.contains(status))
  }

  @Test(arguments: Damage.all) func damagedStatus(_ damage: Damage) throws {
    let root = try prepared()
    try damage.apply(to: "\(root.path)/var/lib/dpkg/status")
    try survives(root, allowed: [.statusUnreadable, .listsCorrupt, .dependenciesBroken])
  }

  @Test(arguments: Damage.all) func damagedLists(_ damage: Damage) throws {
    let root = try prepared()
    let lists = "\(root.path)/var/lib/apt/lists"
    for name in try FileManager.default.contentsOfDirectory(atPath: lists) where name.hasSuffix("_Packages") {
      try damage.apply(to: "\(lists)/\(name)")
    }
    try survives(root, allowed: [.listsCorrupt, .listsMissing])
  }

  /// In a process of its own: libapt cannot be used again in one where it has called abort().
  @Test func anAbortInsideLibaptIsAnError() async {
    await #expect(processExitsWith: .success) {
      let suite = BadInputTests()
      let root = try suite.prepared()
      try Damage.hugeVersion.apply(to: "\(root.path)/var/lib/dpkg/status")
      let first = try suite.failure { try root.collector().pending() }
      #expect(first?.details.contains { $0.contains("65535") } == true)
      let second = try suite.failure { try root.collector().pending() }
      #expect(second?.details.contains { $0.contains("gave up earlier") } == true)
    }
  }

  @Test func damagedPackageCacheIsMadeAnew() throws {
    let root = try prepared()
    let cached = [AptOption(key: "Dir::Cache::pkgcache", value: "pkgcache.bin")]
    let expected = try root.collector(cached).pending()
    let cache = "\(root.path)/var/cache/apt/pkgcache.bin"
    for damage in Damage.all {
      try #require(FileManager.default.fileExists(atPath: cache))
      try damage.apply(to: cache)
      #expect(try root.collector(cached).pending() == expected, "\(damage)")
    }
  }

  @Test func invalidUTF8IsRepaired() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Source": "to@l"])])
    try root.update()
    let lists = "\(root.path)/var/lib/apt/lists"
    for name in try FileManager.default.contentsOfDirectory(atPath: lists) where name.hasSuffix("_Packages") {
      let file = URL(fileURLWithPath: "\(lists)/\(name)")
      let bytes = try Data(contentsOf: file).map { $0 == UInt8(ascii: "@") ? 0xff : $0 }
      try Data(bytes).write(to: file)
    }
    #expect(try root.collector().pending().changes.map(\.source) == ["to\u{fffd}l"])
  }

  @Test func malformedSourcesAndConfigurationAreNamed() throws {
    let root = try prepared()
    try root.write("etc/apt/sources.list", "deb [ http://nowhere\n")
    #expect(try failure { try root.collector().pending() }?.code == .sourcesMalformed)
    #expect(try failure { try root.collector().pending() }?.details.joined().contains("sources.list") == true)
  }

  @Test func unmetDependenciesAreAnError() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0", ["Depends": "gone"])])
    try root.repository([Stanza("tool", "1.0", ["Depends": "gone"])])
    try root.update()
    #expect(try failure { try root.collector().pending() }?.code == .dependenciesBroken)
  }

  @Test(arguments: ["novalue", "=x", "a b=x", "a\u{1b}=x", "a=\0"]) func malformedOptions(_ text: String) throws {
    #expect(try failure { try AptCollector(options: [AptOption(parsing: text)]) }?.code == .optionMalformed)
  }

  @Test func optionsAreTakenAsAptTakesThem() throws {
    #expect(try AptOption(parsing: "A::B::=x=y") == AptOption(key: "A::B::", value: "x=y"))
    #expect(try AptOption(parsing: "A=") == AptOption(key: "A", value: ""))
  }

  private func prepared() throws -> TestRoot {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0"), Stanza("other", "1.0", ["Depends": "tool"])])
    try root.repository([Stanza("tool", "2.0"), Stanza("other", "2.0", ["Depends": "tool (>= 2.0)"])])
    try root.update()
    return root
  }

  /// Damage either leaves something that libapt can read, or is an error of one of these codes.
  private func survives(_ root: TestRoot, allowed: Set<AptSystemError.Code>) throws {
    let collector = try root.collector()
    guard let error = try failure({ try collector.pending() }) else { return }
    #expect(allowed.contains(error.code), "\(error)")
    #expect(!error.message.isEmpty && !error.advice.isEmpty)
  }

  private func failure<Result>(_ body: () throws -> Result) throws -> AptSystemError? {
    do {
      _ = try body()
      return nil
    } catch let error as AptSystemError {
      return error
    }
  }
}

/// A way in which a file can be damaged.
struct Damage: Sendable, CustomTestStringConvertible {
  var testDescription: String
  private var change: @Sendable ([UInt8]) -> [UInt8]

  func apply(to path: String) throws {
    let file = URL(fileURLWithPath: path)
    // In a new file's place, as apt does: libapt may still have the old one mapped.
    try Data(change([UInt8](Data(contentsOf: file)))).write(to: file, options: .atomic)
  }

  /// On this libapt calls abort().
  static let hugeVersion = Damage(testDescription: "huge version") {
    Array("Package: huge\nArchitecture: amd64\nStatus: install ok installed\nVersion: 1".utf8)
      + [UInt8](repeating: UInt8(ascii: "1"), count: 200_000) + [10, 10] + $0
  }

  static let all: [Damage] = [
    Damage(testDescription: "zero bytes") { _ in [] },
    Damage(testDescription: "half of it") { Array($0.prefix($0.count / 2)) },
    Damage(testDescription: "cut in a field's name") { Array($0.prefix(3)) },
    Damage(testDescription: "binary") { _ in (0..<70000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) } },
    Damage(testDescription: "NUL bytes") { [UInt8](repeating: 0, count: 5000) + $0 },
    Damage(testDescription: "invalid UTF-8") { $0.map { $0 == UInt8(ascii: "o") ? 0xff : $0 } },
    Damage(testDescription: "no colon") { Array("garbage without a colon\n\n".utf8) + $0 },
    Damage(testDescription: "huge field") {
      Array("Package: huge\nVersion: 1\nArchitecture: amd64\nStatus: install ok installed\nDepends: ".utf8)
        + [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000) + [10, 10] + $0
    },
    Damage(testDescription: "negative size") {
      Array("Package: odd\nVersion: 1\nArchitecture: amd64\nSize: -1\nInstalled-Size: 99999999999999999999\n\n".utf8)
        + $0
    },
    Damage(testDescription: "name that climbs") {
      Array("Package: ../../../etc/passwd\nVersion: ../1\nArchitecture: amd64\nStatus: install ok installed\n\n".utf8)
        + $0
    },
    Damage(testDescription: "one bit in each hundred bytes") { bytes in
      bytes.enumerated().map { $0.offset % 100 == 50 ? $0.element ^ 4 : $0.element }
    },
  ]
}
