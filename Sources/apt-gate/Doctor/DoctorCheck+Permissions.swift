import GateConfiguration
import Glibc

extension DoctorCheck {
  /// Whether nobody but root can change what the gate decides by, and read what it keeps.
  static var permissions: DoctorCheck {
    DoctorCheck(name: "permissions", fine: "policies, configuration and state are root's alone") { node in
      let findings = trusted(node).compactMap { path in untrusted(path) } + (try stateFindings(node))
      return findings
    }
  }

  /// What decisions rest on.
  private static func trusted(_ node: DoctorNode) -> [String] {
    let main = node.choice.config ?? SettingsFiles.standardPath
    let parts = TextFile.names(in: main + ".d").sorted().map { "\(main).d/\($0)" }
    let policies = node.settings.policies.flatMap { folder in
      [folder]
        + TextFile.names(in: folder).filter { !$0.hasPrefix(".") }.sorted().flatMap {
          ["\(folder)/\($0)", "\(folder)/\($0)/policy.yaml"]
        }
    }
    return [main, main + ".d"] + parts + policies
  }

  private static func untrusted(_ path: String) -> DoctorFinding? {
    TrustedFile.problem(at: path).map { problem in
      DoctorFinding(
        .broken, "`\(path)`: \(problem)", why: "apt-gate refuses to decide by it, so what is gated stays out",
        remedy: "`chown root:root \(path)` and `chmod go-w \(path)`, once you know who changed it")
    }
  }

  private static func stateFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    let state = node.settings.state
    var status = stat()
    guard lstat(state, &status) == 0 else {
      guard errno == ENOENT else { throw DoctorSkip.root }
      return [
        DoctorFinding(
          .broken, "the folder of apt-gate's state, `\(state)`, is not there",
          why: "nothing can be recorded, so what is gated stays out", remedy: "`apt-gate ledger init` makes it")
      ]
    }
    guard geteuid() == 0 else { throw DoctorSkip.root }
    return ["", "/ledger", "/ledger/ledger.db", "/ledger/node.key"].compactMap { open(state + $0) }
  }

  /// What others than root can get at.
  private static func open(_ path: String) -> DoctorFinding? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid != 0 || status.st_mode & 0o077 != 0 else { return nil }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    return DoctorFinding(
      .broken, "`\(path)` is open to others: its owner is \(status.st_uid), its mode \(mode)",
      why: "who reads the node's key can forge the record; apt-gate does not use it like this",
      remedy: "find out who changed it, then `chown root:root \(path)` and `chmod go= \(path)`")
  }
}
