import FleetSupport
import Foundation
import Synchronization

/// `fleet-bench COORDINATOR APT-GATE [PART...]`: what a coordinator does in a second, and what it needs, with many nodes.
/// Parts are `check-in`, `claims` and `known`; all of them if none is named.
///
/// The coordinator is the real program, on loopback with TLS; nodes and operators are this process and the real `apt-gate`.
@main
enum FleetBench {
  static func main() async throws {
    let (words, parts) = (CommandLine.arguments, Set(CommandLine.arguments.dropFirst(3)))
    guard words.count >= 3, parts.isSubset(of: all) else {
      FileHandle.standardError.write(Data("usage: fleet-bench COORDINATOR APT-GATE [check-in|claims|known]...\n".utf8))
      exit(64)
    }
    func isAsked(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
    say("load average before: \(loadAverage)")
    let folder = FileManager.default.temporaryDirectory.appending(path: "fleet-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = BenchFleet(coordinator: words[1], gate: words[2], folder: folder)
    if isAsked("check-in") { try await CheckInBench(fleet: bench).run() }
    for store in BenchFleet.Store.allCases where isAsked("claims") && (store == .sqlite || EtcdServer.isInstalled) {
      try await ClaimBench(fleet: bench, store: store).run()
    }
    if isAsked("known") { try await KnownNodesBench(fleet: bench).run() }
  }

  private static let all: Set = ["check-in", "claims", "known"]

  private static var loadAverage: String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").prefix(3).joined(separator: " ")
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

/// Processor time that a process has had, of all its threads.
struct ProcessorTime {
  var milliseconds: Double

  /// Source: proc_pid_stat(5), fields 14 and 15, in ticks of a hundredth of a second.
  init(of process: pid_t?) {
    let text = process.flatMap { try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8) } ?? ""
    let fields = (text.split(separator: ")").last ?? "").split(separator: " ")
    milliseconds = fields.count > 12 ? ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) * 10 : 0
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
