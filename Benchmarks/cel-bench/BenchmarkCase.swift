import CAllocationCount
import CEL

/// One expression with the facts it is evaluated on.
struct BenchmarkCase {
  let name: String
  let program: Program
  let activation: Activation

  struct Measurement {
    let nanoseconds: Double
    let allocations: Double
  }

  private static let rounds = 200_000
  private static let repetitions = 5

  /// The best of several runs; allocations are counted by replacing the allocator's entry points (`CAllocationCount`).
  func measure() -> Measurement {
    for _ in 0..<1_000 { evaluate() }
    var best = Double.infinity
    var allocations = 0.0
    for _ in 0..<Self.repetitions {
      let before = callocationcount_total()
      let time = ContinuousClock().measure { for _ in 0..<Self.rounds { evaluate() } }
      allocations = Double(callocationcount_total() - before) / Double(Self.rounds)
      best = min(best, time / .nanoseconds(1) / Double(Self.rounds))
    }
    return Measurement(nanoseconds: (best * 10).rounded() / 10, allocations: (allocations * 100).rounded() / 100)
  }

  @inline(never)
  private func evaluate() {
    guard (try? program.evaluateBool(activation)) != nil else { preconditionFailure("`\(name)` has no value") }
  }

  static func all() throws(Issues) -> [BenchmarkCase] {
    let environment = environment()
    var activation = environment.activation()
    activation["port"] = .int(80)
    activation["now"] = .timestamp(Timestamp(seconds: 1_790_000_000) ?? .epoch)
    activation["update"] = .map(update)
    activation["node"] = .map(node)
    var result: [BenchmarkCase] = []
    for (name, text) in expressions {
      let program = try environment.compile(text, result: .bool)
      result.append(BenchmarkCase(name: name, program: program, activation: activation))
    }
    return result
  }

  /// Microseconds one expression takes from text to program, on average.
  static func timeOfCompiling() throws(Issues) -> Double {
    let environment = environment()
    let text = expressions.first { $0.0 == "ten terms" }?.1 ?? ""
    let rounds = 500
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<rounds { _ = try environment.compile(text, result: .bool) }
    return ((clock.now - start) / .microseconds(1) / Double(rounds)).rounded()
  }

  private static func environment() -> Environment {
    var environment = Environment()
    environment.declare("port", .int)
    environment.declare("now", .timestamp)
    environment.declare("update", .record("Update"))
    environment.declare("node", .record("Node"))
    environment.declare(
      record: "Update",
      fields: [
        "source": .string, "version": .string, "security": .bool, "size": .int, "origin": .string, "age": .duration,
        "binaries": .list(.string), "kinds": .list(.string),
      ])
    environment.declare(record: "Node", fields: ["groups": .list(.string), "load": .double, "uptime": .duration])
    return environment
  }

  private static var update: MapValue {
    MapValue([
      "source": .string("systemd"), "version": .string("252.39-1~deb12u1"), "security": .bool(false),
      "size": .int(4_000),
      "origin": .string("Debian"), "age": .duration(Nanoseconds(90_000_000_000_000)),
      "binaries": .list([.string("systemd"), .string("udev"), .string("libsystemd0")]),
      "kinds": .list([.string("restart"), .string("reexec")]),
    ])
  }

  private static var node: MapValue {
    MapValue([
      "groups": .list([.string("production"), .string("web")]), "load": .double(0.7),
      "uptime": .duration(Nanoseconds(900_000_000_000_000)),
    ])
  }

  private static let expressions: [(String, String)] = [
    ("port == 80", "port == 80"),
    ("port in [..]", "port in [22, 80, 443]"),
    ("field == text", "update.source == 'systemd'"),
    ("arithmetic", "port * 2 + 1 > 100"),
    ("matches", "update.source.matches('^(systemd|udev)$')"),
    ("exists", "update.binaries.exists(b, b == 'udev')"),
    (
      "ten terms",
      """
      update.origin == 'Debian' && !update.security && update.size < 100000 && update.age > duration('24h')
      && 'production' in node.groups && node.load < 4.0 && node.uptime > duration('1h')
      && (update.source == 'systemd' || update.source == 'udev') && 'restart' in update.kinds
      """
    ),
    ("window", "now.getHours('Europe/Vienna') >= 0 && now.getDayOfWeek('Europe/Vienna') < 7"),
  ]
}
