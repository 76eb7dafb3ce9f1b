import AptSystem
import GateEngine
import GateModel
import NetworkSystem
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
    case let error as NetworkSystemError: self.init(networkError: error)
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

  /// A snapshot that is not what was written is a verification that failed.
  private init(networkError error: NetworkSystemError) {
    let isAltered = [.digestMismatch, .manifest].contains(error.code)
    self.init(
      message: error.message, hint: Self.hint(for: error), status: isAltered ? .checkFailed : .failed)
  }

  private static func hint(for error: NetworkSystemError) -> String? {
    switch error.code {
    case .notPermitted: "run it as root"
    case .noSnapshot: "`apt-gate network snapshot --list` shows the snapshots there are"
    case .digestMismatch, .manifest:
      "take it as it is only by hand: `ip route restore` and `ip rule restore` read its files `routes` and `rules`"
    case .noNamespace, .kernel, .deadline, .file, .process: nil
    }
  }
}
