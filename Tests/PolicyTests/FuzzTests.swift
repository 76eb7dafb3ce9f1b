import Documents
import Foundation
import Policy
import TestSupport
import Testing

/// Policies and tests with bytes changed at random: always a result, never a crash or a hang. For as many seconds
/// as `APT_GATE_FUZZ_SECONDS` says; the seed of each run is printed.
@Suite(.enabled(if: Fuzz.seconds > 0, "set APT_GATE_FUZZ_SECONDS to run it")) struct FuzzTests {
  @Test func damagedFiles() throws {
    let texts = ShippedTestsTests.folders.flatMap { folder in
      ["policy.yaml", "tests.yaml"].compactMap {
        try? Data(contentsOf: Golden.shippedPolicies.appending(path: "\(folder)/\($0)"))
      }
    }
    let seed = TestSeed.named("damaged policies")
    print("seed \(seed)")
    var generator = Seed(value: seed)
    let end = ContinuousClock.now + .seconds(Fuzz.seconds)
    var runs = 0
    var slowest = Duration.zero
    while ContinuousClock.now < end {
      let bytes = Fuzz.damaged(Array(texts.randomElement(using: &generator) ?? Data()), texts, &generator)
      guard let source = DocumentSource(name: "fuzz", bytes: bytes) else { continue }
      let time = ContinuousClock().measure {
        let load = PolicySet.check([source])
        let tests = PolicyTestFile.load(source)
        _ = load.set.run(tests.cases).text
        _ = (load.diagnostics + tests.diagnostics).map(\.rendered)
      }
      slowest = max(slowest, time)
      runs += 1
    }
    print("\(runs) damaged files, the slowest took \(slowest)")
    #expect(runs > 0)
  }
}

enum Fuzz {
  static let seconds = Int(ProcessInfo.processInfo.environment["APT_GATE_FUZZ_SECONDS"] ?? "") ?? 0

  static func damaged(_ bytes: [UInt8], _ texts: [Data], _ generator: inout Seed) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
      let position = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0..<128, using: &generator)
      case 1: bytes[position] = Array("{}[]&*!|>'\"%@`#:-?,\n\t ".utf8).randomElement(using: &generator) ?? 0
      case 2: bytes.remove(at: position)
      case 3: bytes.insert(contentsOf: bytes[position...].prefix(40), at: position)
      case 4: bytes.removeSubrange(position..<min(position + 30, bytes.count))
      default:
        let other = Array(texts.randomElement(using: &generator) ?? Data())
        let start = other.isEmpty ? 0 : Int.random(in: other.indices, using: &generator)
        bytes.insert(contentsOf: other[start...].prefix(80), at: position)
      }
    }
    return bytes
  }
}
