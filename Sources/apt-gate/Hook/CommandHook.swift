import AptSystem
import GateModel

/// `apt-gate hook command`: says what is held where an `apt` or `apt-get` command found no way to do what a person asked.
///
/// Where a hold pins all binaries of a source, `apt-get install PKG=VERSION` of one of them ends with unmet dependencies,
/// and apt says nothing of pins.
struct CommandHook {
  /// apt waits; a person does too.
  private static let limit = Duration.seconds(5)

  func run(_ node: NodeOptions) throws {
    let deadline = HookDeadline.start(Self.limit) { ExitStatus.done.rawValue }
    let conversation = AptCommandConversation(socket: Environment.value(of: "APT_HOOK_SOCKET"))
    guard let event = conversation?.event(by: deadline.instant), event.method == AptCommandEvent.failure else { return }
    let collector = try AptCollector(options: node.aptOption)
    let holds = try PinStore(collector: collector).read().holds
    guard !holds.isEmpty else { return }
    let names = event.names
    let wanted = Set(
      try collector.pending().changes.filter { change in
        names.contains(change.source) || change.binaries.contains { names.contains($0.name) }
      }.map(\.source))
    let held = holds.filter { wanted.contains($0.source) }
    if !held.isEmpty { try StandardStream.error.write(HeldBackText(holds: held).text) }
  }
}

/// What a person reads below apt's own words when what was asked for is held.
struct HeldBackText {
  var holds: [Hold]

  var text: String {
    let lines = ["apt-gate: apt may not install what is held; nothing was changed"] + holds.flatMap(lines)
    return lines.map { DisplayText.line($0) + "\n" }.joined()
  }

  private func lines(_ hold: Hold) -> [String] {
    let rules = hold.decidedBy.map { "`\($0)`" }.joined(separator: ", ")
    let by =
      hold.heldBy.isEmpty ? (rules.isEmpty ? "" : " by \(rules)") : " with \(hold.heldBy.joined(separator: ", "))"
    let versions = hold.versions.map(\.text).joined(separator: ", ")
    let approved = hold.heldBy.first ?? hold.source
    return ["  \(hold.source) \(versions): \(hold.verdict.rawValue)\(by)"]
      + (hold.message.map { ["    why: \($0)"] } ?? []) + (hold.clearsWhen.map { ["    clears when: \($0)"] } ?? [])
      + (hold.verdict == .undetermined ? [] : ["    to let it through: apt-gate approve \(approved)"])
      + ["    more: apt-gate explain \(hold.source)"]
  }
}
