extension ToolAction {
  /// How a claim stands to a recorded action.
  enum Match: Comparable {
    case none
    /// The claim has no word but unknown ones.
    case onlyUnknown
    case known
  }

  /// How well the claimed call covers this recorded action: the same tool, the same verb and the same unit, where an
  /// unknown word of the claim stands for any words, or for none.
  func match(claim: Inspection.Call) -> Match {
    guard claim.tool == tool else { return .none }
    let readings = [claim.arguments, claim.arguments.filter { $0 != nil }]
    let hasUnknown = claim.arguments.contains(nil)
    return readings.map { match(words: $0, rest: hasUnknown) }.max() ?? .none
  }

  private func match(words: [String?], rest: Bool) -> Match {
    Self.actions(tool: tool, arguments: words).map { match(claimed: $0, rest: rest) }.max() ?? .none
  }

  private func match(claimed: ToolAction, rest: Bool) -> Match {
    guard Self.agrees(verb, claimed.verb, rest: rest), Self.agrees(object, claimed.object, rest: rest) else {
      return .none
    }
    let known = [claimed.verb ?? nil, claimed.object ?? nil].contains { $0 != nil }
    return known || !rest ? .known : .onlyUnknown
  }

  /// Whether a claimed word can be the recorded one. A claim that has no word there can still mean one, or none, if
  /// it has unknown words somewhere (`rest`).
  private static func agrees(_ recorded: String??, _ claimed: String??, rest: Bool) -> Bool {
    switch (recorded, claimed) {
    case (nil, nil): return true
    case (_, nil): return rest
    case (nil, .some(let word)): return word == nil
    case (.some(let recorded), .some(let word)): return word == nil || word == recorded
    }
  }

  /// Whether it asks and changes nothing. Source: each tool's man page.
  var isQuery: Bool {
    guard let verb = verb ?? nil else { return tool == "systemctl" || tool == "sysctl" }
    switch tool {
    case "systemctl":
      return verb.hasPrefix("is-") || verb.hasPrefix("list-")
        || ["show", "status", "cat", "get-default", "help", "show-environment"].contains(verb)
    case "deb-systemd-helper": return verb == "was-enabled" || verb == "debian-installed"
    case "invoke-rc.d", "service": return verb == "status"
    case "udevadm": return verb == "info"
    case "sysctl": return verb == "-n" || verb == "-b" || verb == "-a"
    case "ip": return object == .some("show")
    default: return false
    }
  }
}
