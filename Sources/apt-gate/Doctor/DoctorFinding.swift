/// Something that keeps the gate from standing where it should.
struct DoctorFinding: Sendable, Hashable {
  enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Part of the gate is not in the way: what should be held can pass, or apt is in trouble.
    case broken
    /// It works today, and something will make it fail.
    case risk
    /// Meant to be so, perhaps; worth knowing. Never a reason to fail.
    case note
  }

  var severity: Severity
  /// What is so, in one line.
  var what: String
  /// Why it matters.
  var why: String
  /// What to do about it.
  var remedy: String

  init(_ severity: Severity, _ what: String, why: String, remedy: String) {
    self.severity = severity
    self.what = what
    self.why = why
    self.remedy = remedy
  }
}
