import FleetSupport
import Foundation
import Synchronization

/// `fleet-bench COORDINATOR APT-GATE`: what a coordinator does in a second, and what it needs, with many nodes.
///
/// The coordinator is the real program, on loopback with TLS; nodes and operators are this process and the real `apt-gate`.
@main
enum FleetBench {
  static func main() async throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: fleet-bench COORDINATOR APT-GATE\n".utf8))
      exit(64)
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "fleet-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = BenchFleet(coordinator: CommandLine.arguments[1], gate: CommandLine.arguments[2], folder: folder)
    try await CheckInBench(fleet: bench).run()
    for store in BenchFleet.Store.allCases where store == .sqlite || EtcdServer.isInstalled {
      try await ClaimBench(fleet: bench, store: store).run()
    }
    try await KnownNodesBench(fleet: bench).run()
  }

  static func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
}

/// How long many things took.
struct Times {
  var sorted: [Duration]

  init(_ times: [Duration]) { sorted = times.sorted() }

  /// The time that `percent` of them did not exceed, in milliseconds.
  func milliseconds(_ percent: Int) -> String {
    guard !sorted.isEmpty else { return "-" }
    let place = min(sorted.count - 1, sorted.count * percent / 100)
    return String(format: "%.1f", sorted[place] / .milliseconds(1))
  }
}

extension Duration {
  var seconds: String { String(format: "%.2f", self / .seconds(1)) }
}

/// Counted by many tasks at once.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  /// The count before.
  @discardableResult func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
