import AptSystem
import GateEngine
import GateModel
import Ledger

/// Why a command could not do its work, as it is told to a person.
struct CommandFailure: Error, Sendable, Hashable {
  /// One line: lower-case, no final full stop, the user's input in backticks.
  var message: String
  /// What to do about it, in one line.
  var hint: String?
  var status: ExitStatus = .failed

  /// `apt-gate: MESSAGE` and below it the hint, safe for a terminal.
  var text: String {
    let lines = ["apt-gate: \(message)"] + (hint.map { ["  hint: \($0)"] } ?? [])
    return lines.map { DisplayText.line($0) + "\n" }.joined()
  }
}

extension CommandFailure {
  /// What to tell a person about `error`, whichever room it comes from.
  init(describing error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as GateEngineError: self.init(message: error.message, hint: error.hint)
    case let error as AptSystemError: self.init(aptError: error)
    case let error as LedgerError: self.init(message: error.message, hint: error.advice)
    default: self.init(message: "\(error)", hint: nil)
    }
  }
}

extension CommandFailure {
  private init(aptError error: AptSystemError) {
    let details = error.details.isEmpty ? "" : ": \(error.details.joined(separator: "; "))"
    self.init(
      message: error.message + details, hint: error.advice, status: error.code == .optionMalformed ? .usage : .failed)
  }
}
