import GateConfiguration
import GateModel
import Glibc

extension DoctorCheck {
  /// Whether apt-gate.yaml is in force, and says what is meant.
  static var configuration: DoctorCheck {
    DoctorCheck(name: "configuration", fine: "apt-gate.yaml is in force, and the gate enforces") { node in
      if let problem = node.configurationProblem {
        return [
          DoctorFinding(
            .broken, problem.message, why: "the hooks work by the defaults, and `apt-gate sync` does not run",
            remedy: problem.hint ?? "mend it; apt-gate.yaml(5) has all keys")
        ]
      }
      return modeFindings(node) + notifyFindings(node)
    }
  }

  private static func modeFindings(_ node: DoctorNode) -> [DoctorFinding] {
    guard node.settings.mode == .observe else { return [] }
    return [
      DoctorFinding(
        .note, "`mode: observe`: everything is decided and recorded, nothing is held, shielded or vetoed",
        why: "an update that would take the network away applies",
        remedy: "`mode: enforce`, once `apt-gate ledger list` "
          + "shows what you want")
    ]
  }

  private static func notifyFindings(_ node: DoctorNode) -> [DoctorFinding] {
    guard let program = node.settings.notify?.command.first, access(node.path(program), X_OK) != 0 else { return [] }
    return [
      DoctorFinding(
        .risk, "the notify command `\(program)` cannot be run", why: "nobody is told what happens",
        remedy: "install it, make it executable, or take `notify:` out of apt-gate.yaml")
    ]
  }
}
