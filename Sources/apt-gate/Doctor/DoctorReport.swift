/// What one check came to.
struct DoctorResult: Sendable, Hashable {
  var check: String
  /// What is so if nothing is found.
  var fine: String
  var findings: [DoctorFinding] = []
  /// nil if it looked.
  var skip: DoctorSkip?
}

/// What `apt-gate doctor` found.
struct DoctorReport: Sendable, Hashable {
  var results: [DoctorResult]

  init(results: [DoctorResult]) { self.results = results }

  init(of node: DoctorNode, checks: [DoctorCheck] = DoctorCheck.all) {
    results = checks.map { $0.result(on: node) }
  }

  var findings: [DoctorFinding] { results.flatMap(\.findings) }

  /// Those that are more than worth knowing.
  var problems: Int { findings.count { $0.severity != .note } }

  /// 3 if something is found, 4 if nothing is and somebody else could have seen more.
  var status: ExitStatus {
    if problems > 0 { return .checkFailed }
    return results.contains { $0.skip?.needsRoot == true } ? .undetermined : .done
  }
}
