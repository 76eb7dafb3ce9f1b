import GateModel

/// What has been held for too long, in a person's words.
enum EscalationPhrase {
  /// To whom it goes and why: `to @security: held for 9 days; rule `x` allows 7 days`.
  static func text(_ notice: EscalationNotice) -> String {
    notice.to.isEmpty ? notice.message : "to \(notice.to.joined(separator: ", ")): \(notice.message)"
  }
}
