import CoordinatorClient
import GateModel
import Glibc
import Rollout

/// `fleet status --watch`: the same again and again, in place on a terminal and one below the other elsewhere.
struct FleetWatch {
  /// Seconds from one question to the next.
  static let interval: UInt32 = 2

  let output: OutputOptions
  let ask: () throws -> [RolloutReport]

  /// Ends with the process. A coordinator that does not answer is told, and asked again.
  func run() throws -> Never {
    let isScreen = !output.json && StandardStream.output.isTerminal
    if isScreen { try StandardStream.output.write("\u{1B}[2J") }
    var last: [RolloutReport] = []
    while true {
      var silence: String?
      do {
        last = try ask()
      } catch let error as CoordinatorClientError where error.code == .unreachable {
        silence = error.message
      }
      try isScreen ? StandardStream.output.write(Self.frame(text(last, silence))) : line(last, silence)
      sleep(Self.interval)
    }
  }

  private func line(_ reports: [RolloutReport], _ silence: String?) throws {
    if let silence { return try StandardStream.error.write("apt-gate: \(DisplayText.line(silence))\n") }
    try output.print(FleetDocument.status(reports)) { _ in text(reports, nil) + "\n" }
  }

  private func text(_ reports: [RolloutReport], _ silence: String?) -> String {
    let layout = output.layout
    let head = layout.style(.dim, "\(Timestamp.now), every \(Self.interval) seconds; Ctrl-C ends it") + "\n"
    let note = silence.map { layout.style(.red, DisplayText.line("as it was last told: \($0)")) + "\n" } ?? ""
    return head + note + "\n" + FleetStatusText(reports: reports, layout: layout).text
  }

  /// `text` from the top of the screen on, over what was there: each line's rest and all below it is cleared.
  static func frame(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "\u{1B}[H" + lines.joined(separator: "\u{1B}[K\n") + "\u{1B}[J"
  }
}
