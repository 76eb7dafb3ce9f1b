import ArgumentParser
import SystemdSystem

/// `apt-gate hook notify`: the notify command, kept to its deadline. Started by apt-gate itself.
struct HookNotifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Hand events to the notify command.", shouldDisplay: false)

  @Option(help: "How long it may take.")
  var deadline: DurationArgument

  @Argument(parsing: .postTerminator)
  var command: [String]

  func run() throws {
    DetachedProcess.closeInherited()
    let problem: String
    switch try NotifyProcess.run(command, limit: deadline.duration) {
    case .exited(0): return
    case .exited(let status): problem = "ended with \(status)"
    case .killed(let signal): problem = "was killed by signal \(signal)"
    case .late: problem = "was ended after \(deadline.duration.components.seconds) s"
    }
    Journal().send(.notifyFailed, "apt-gate: the notify command `\(command.first ?? "")` \(problem)")
    try AptGate.finish(.failed)
  }
}
