import Documents
import GateConfiguration
import Policy

extension DoctorCheck {
  /// Whether there are policies, and all of them can be read.
  static var policies: DoctorCheck {
    DoctorCheck(name: "policies", fine: "all policies are read in full") { node in
      let folders = node.choice.policyFolders(node.settings)
      let errors = PolicySet.load(try folders.sources()).diagnostics.filter { $0.severity == .error }
      guard let first = errors.first else { return [] }
      let more = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
      return [
        DoctorFinding(
          .broken, "a policy is broken: \(first.file):\(first.position.line): \(first.message)\(more)",
          why: "everything that the rest of the policies gates is held until it is mended",
          remedy: "`apt-gate policy check` shows every error with its place")
      ]
    }
  }
}
