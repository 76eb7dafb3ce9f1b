import FoundationEssentials
import GateModel
import Glibc
import Ledger
import LedgerLog

/// `ledger-bench [ENTRIES [STATE]]`: how long it takes to append a typical set of decisions, and to verify a large ledger.
/// The ledger below STATE is filled up and kept, so that verifying can be measured again.
///
/// `ledger-bench append STATE`: appends without end, one entry after the other; tests kill it.
@main
struct LedgerBench {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "append", let state = words.dropFirst().first { try appendWithoutEnd(state: state) }
    try measure(entries: words.first.flatMap { Int($0) } ?? 1_000_000, keptIn: words.dropFirst().first)
  }

  /// Prints how many entries are on the disk, after each append.
  private static func appendWithoutEnd(state: String) throws {
    let ledger = try NodeLedger.open(state: state, node: "node", deadline: .seconds(30))
    var number = 0
    while true {
      let receipt = try ledger.append((0..<3).map { decision(number + $0) }, at: time(number))
      number += 3
      let line = Array("\(receipt.sequences.upperBound)\n".utf8)
      _ = write(STDOUT_FILENO, line, line.count)
    }
  }

  private static func measure(entries: Int, keptIn kept: String?) throws {
    let state = kept ?? "/tmp/apt-gate-ledger-bench.\(getpid())"
    defer { if kept == nil { try? FileManager.default.removeItem(atPath: state) } }
    let ledger = try NodeLedger.open(state: state, node: "node.example")
    if try ledger.count() < entries { try measureAppending(to: ledger) }
    let filling = try ContinuousClock().measure {
      var number = try ledger.count()
      while number < entries {
        let end = min(number + 10_000, entries)
        try ledger.append((number..<end).map(decision), at: time(number))
        number = end
      }
    }
    print("appending \(entries) entries, 10,000 at a time: \(seconds(filling)) s")
    try measureVerifying("from the database") { try ledger.verify() }
    let export = "\(state)/export.\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: export) }
    let exporting = try ContinuousClock().measure { try ledger.export(to: export) }
    print("exporting them: \(seconds(exporting)) s")
    try measureVerifying("from the export") { try LedgerExport(folder: export).verify() }
    let proving = try ContinuousClock().measure {
      for old in stride(from: 1, to: entries, by: max(1, entries / 100)) {
        _ = try ledger.consistencyProof(from: old, to: entries)
      }
    }
    print("a consistency proof: \(seconds(proving / 100)) s, the mean of 100")
  }

  private static func measureVerifying(_ source: String, _ verify: () throws -> LedgerVerification) throws {
    var verification: LedgerVerification?
    let before = usage
    let verifying = try ContinuousClock().measure { verification = try verify() }
    let after = usage
    let outcome = verification?.isValid == true ? "valid" : "NOT VALID"
    print("verifying \(verification?.size ?? 0) entries \(source): \(seconds(verifying)) s, \(outcome); aim: 10 s")
    print("  processor time: \(rounded(Self.processor(after) - Self.processor(before))) s")
    print("  memory: \(after.ru_maxrss / 1024) MiB at most")
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  /// Of all threads, in seconds.
  private static func processor(_ usage: rusage) -> Double {
    Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
  }

  /// 20 decisions at a time, as one `sync` writes them.
  private static func measureAppending(to ledger: NodeLedger) throws {
    var times: [Duration] = []
    for round in 0..<50 {
      let set = (0..<20).map { decision(round * 20 + $0) }
      times.append(try ContinuousClock().measure { try ledger.append(set, at: time(round)) })
    }
    times.sort()
    print(
      "appending 20 decisions: \(milliseconds(times[25])) ms, the median of 50; the longest \(milliseconds(times[49])) ms"
    )
  }

  private static func decision(_ number: Int) -> LedgerBody {
    let version = "1.\(number)-1"
    return .decision(
      DecisionRecord(
        change: ChangeRecord(
          source: "source-\(number % 500)", action: .upgrade, from: "1.0-1", to: version,
          packages: [PackageRecord(name: "package-\(number % 500)", architecture: "amd64", from: "1.0-1", to: version)]),
        verdict: number.isMultiple(of: 9) ? .hold : .allow, decidedBy: ["network-restart"], gatedBy: ["network"],
        shieldedUnits: ["systemd-networkd.service"],
        message: "restarts systemd-networkd.service, which deletes 12 routes",
        clearsWhen: "someone approves it", policyDigest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef"))
  }

  private static func time(_ number: Int) -> Timestamp {
    Timestamp(secondsSinceEpoch: 1_795_000_000 + Int64(number) * 60)
  }

  private static func seconds(_ duration: Duration) -> String { rounded(duration / .seconds(1)) }
  private static func milliseconds(_ duration: Duration) -> String { rounded(duration / .milliseconds(1)) }
  private static func rounded(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }
}
