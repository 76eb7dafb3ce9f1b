/// One recorded run against what the analysis claims of the same script.
struct ScriptComparison {
  /// Something in which truth and analysis differ.
  struct Difference: Hashable {
    enum Kind: String, Codable {
      /// Recorded, and not claimed.
      case missing
      /// Claimed as certain, and not recorded.
      case falseCertain = "false-certain"
    }

    var kind: Kind
    var package: String
    var script: String
    var action: String
    /// The run, or the claim's evidence, for a person to look at.
    var detail: String
  }

  var recorded = 0
  var matched = 0
  var matchedOnlyByUnknown = 0
  /// Made by a program whose own call was claimed, such as the `daemon-reload` that update-rc.d makes.
  var insideClaimedTool = 0
  var differences: [Difference] = []

  init(recording: Recording, claims: [Inspection.Call]) {
    var actions: [ToolAction] = []
    for call in recording.calls {
      for action in ToolAction.actions(tool: call.tool, arguments: call.argv) {
        actions.append(action)
        count(action, of: call, in: recording, claims: claims)
      }
    }
    guard recording.script == "postinst", recording.status == 0 else { return }
    addFalseCertain(claims: claims, recorded: actions, in: recording)
  }

  private mutating func count(
    _ action: ToolAction, of call: RecordedCall, in recording: Recording, claims: [Inspection.Call]
  ) {
    recorded += 1
    switch claims.map({ action.match(claim: $0) }).max() ?? .none {
    case .known: matched += 1
    case .onlyUnknown: matchedOnlyByUnknown += 1
    case .none where Self.isInside(call, claims): insideClaimedTool += 1
    case .none:
      let caller = call.otherProgram.map { " by \($0)" } ?? ""
      differences.append(
        Difference(
          kind: .missing, package: recording.package, script: recording.script, action: "\(action)\(caller)",
          detail: recording.title))
    }
  }

  /// Whether the call was made by a tool that a claim names with the words it really had.
  private static func isInside(_ call: RecordedCall, _ claims: [Inspection.Call]) -> Bool {
    guard let program = call.otherProgram,
      let index = call.caller.firstIndex(where: { $0.hasSuffix("/\(program)") || $0.hasSuffix("-real-\(program)") })
    else { return false }
    let arguments = Array(call.caller[(index + 1)...])
    let actions = ToolAction.actions(tool: program, arguments: arguments)
    return actions.allSatisfy { action in claims.contains { action.match(claim: $0) != .none } }
  }

  private mutating func addFalseCertain(claims: [Inspection.Call], recorded: [ToolAction], in recording: Recording) {
    // A claim in a file that several scripts source may belong to another script.
    let own = claims.filter { $0.certainty == "certain" && !$0.evidence.file.hasPrefix("/") }
    for claim in own where ShimmedTools.all.contains(claim.tool) {
      let actions = ToolAction.actions(tool: claim.tool, arguments: claim.arguments)
      for action in actions where !action.isQuery && !recorded.contains(where: { $0.match(claim: claim) != .none }) {
        differences.append(
          Difference(
            kind: .falseCertain, package: recording.package, script: recording.script, action: "\(action)",
            detail: "\(claim.evidence.file):\(claim.evidence.line ?? 0) against \(recording.title)"))
      }
    }
  }
}

/// The tools that `Lab/enter-inside` puts a shim over: only their calls are recorded.
enum ShimmedTools {
  static let all: Set<String> = [
    "systemctl", "deb-systemd-invoke", "deb-systemd-helper", "invoke-rc.d", "service", "update-rc.d",
    "start-stop-daemon", "udevadm", "sysctl", "systemd-sysctl", "modprobe", "netplan", "ifup", "ifdown", "ip",
    "update-initramfs", "update-grub", "depmod", "dpkg-trigger", "reboot",
  ]
}
