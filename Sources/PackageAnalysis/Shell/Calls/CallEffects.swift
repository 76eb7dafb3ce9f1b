import GateModel

/// What one call of a tool that matters does to the node.
struct CallOutcome {
  struct Found {
    var kind: EffectKind
    var unit: String?
    var verb: String?
    var detail: String?
    /// It depends on more than the call being reached.
    var isPossibleOnly = false
  }

  var effects: [Found] = []
  var triggers: [String] = []
  /// Words to look for in the script's lines for the best evidence, the most telling first.
  var mentions: [String] = []

  static let none = CallOutcome()

  init(effects: [Found] = [], triggers: [String] = [], mentions: [String] = []) {
    self.effects = effects
    self.triggers = triggers
    self.mentions = mentions
  }

  init(_ kind: EffectKind, verb: String?, detail: String? = nil) {
    effects = [Found(kind: kind, verb: verb, detail: detail)]
    mentions = verb.map { [$0] } ?? []
  }
}

/// What calls mean: one table of tools, each with its source.
enum CallEffects {
  /// `ownsUnit` tells whether the package brings a unit file of a name.
  static func outcome(of call: ToolCall, ownsUnit: (String) -> Bool) -> CallOutcome {
    switch call.tool {
    case "systemctl": return SystemctlCall(call).outcome
    case "deb-systemd-invoke": return invoke(call)
    case "deb-systemd-helper", "update-rc.d": return .none
    case "invoke-rc.d": return invokeRc(call, ownsUnit: ownsUnit)
    case "service": return service(call)
    case "start-stop-daemon": return startStopDaemon(call)
    case "udevadm": return udevadm(call)
    case "dpkg-trigger": return trigger(call)
    case "sysctl", "systemd-sysctl", "modprobe", "rmmod", "insmod", "kmod": return kernelParameters(call)
    case "pkill", "killall", "killall5", "skill":
      return CallOutcome(.stop, verb: call.tool, detail: "ends processes by name")
    case "reboot", "poweroff", "halt", "shutdown", "kexec", "notify-reboot-required":
      return CallOutcome(.reboot, verb: call.tool)
    case "telinit", "init": return telinit(call)
    default: break
    }
    if ToolCatalog.kernel.contains(call.tool) { return CallOutcome(.kernel, verb: call.tool) }
    return network(call)
  }

  // MARK: Units

  /// Source: deb-systemd-invoke(1p).
  private static func invoke(_ call: ToolCall) -> CallOutcome {
    let (operands, options) = call.split()
    return UnitAction(verb: operands.first, units: Array(operands.dropFirst()), isUser: options.contains("--user"))
      .outcome
  }

  /// Source: invoke-rc.d(8). `--skip-systemd-native` does nothing where systemd has a unit of that name.
  private static func invokeRc(_ call: ToolCall, ownsUnit: (String) -> Bool) -> CallOutcome {
    let (operands, options) = call.split()
    if options.contains("--query") { return .none }
    let units = operands.first.map { [$0] } ?? []
    var outcome = UnitAction(verb: operands.dropFirst().first, units: units, isUser: false).outcome
    guard options.contains("--skip-systemd-native") else { return outcome }
    outcome.effects = outcome.effects.filter { !ownsUnit($0.unit ?? "") }
    for index in outcome.effects.indices { outcome.effects[index].isPossibleOnly = true }
    return outcome
  }

  /// Source: service(8).
  private static func service(_ call: ToolCall) -> CallOutcome {
    let (operands, options) = call.split()
    if options.contains("--status-all") { return .none }
    return UnitAction(verb: operands.dropFirst().first, units: Array(operands.prefix(1)), isUser: false).outcome
  }

  /// Source: start-stop-daemon(8). It works on processes: the unit is not known.
  private static func startStopDaemon(_ call: ToolCall) -> CallOutcome {
    let options = call.arguments.compactMap(\.known)
    if options.contains(where: { $0 == "--test" || $0 == "-t" }) { return .none }
    if options.contains(where: { $0 == "--stop" || $0 == "-K" }) {
      return CallOutcome(.stop, verb: call.tool, detail: "stops a process")
    }
    return CallOutcome(.start, verb: call.tool, detail: "starts a process")
  }

  // MARK: The rest

  /// Source: udevadm(8).
  private static func udevadm(_ call: ToolCall) -> CallOutcome {
    let (operands, _) = call.split()
    guard let verb = operands.first else { return .none }
    switch verb.known {
    case "trigger"?: return CallOutcome(.udev, verb: "trigger", detail: "replays device events")
    case "control"?: return CallOutcome(.udev, verb: "control")
    case nil: return CallOutcome(.udev, verb: nil, detail: "calls udevadm with a verb that is not known")
    default: return .none
    }
  }

  /// Source: dpkg-trigger(1).
  private static func trigger(_ call: ToolCall) -> CallOutcome {
    let (operands, options) = call.split(valued: ["--by-package", "--admindir", "--root"])
    if options.contains("--check-supported") { return .none }
    guard let name = operands.first?.known else {
      return CallOutcome(.unknown, verb: nil, detail: "activates a trigger whose name is not known")
    }
    return CallOutcome(triggers: [name], mentions: [name])
  }

  /// Source: sysctl(8), modprobe(8).
  private static func kernelParameters(_ call: ToolCall) -> CallOutcome {
    let (operands, options) = call.split()
    guard call.tool == "sysctl" else { return CallOutcome(.sysctl, verb: call.tool) }
    let writes =
      options.contains { ["-w", "--write", "-p", "--load", "--system"].contains($0) || $0.hasPrefix("-p") }
      || operands.contains { $0.knownPrefix.contains("=") || $0.known == nil }
    return writes ? CallOutcome(.sysctl, verb: "sysctl") : .none
  }

  /// Source: telinit(8).
  private static func telinit(_ call: ToolCall) -> CallOutcome {
    switch call.arguments.last?.known {
    case "u"?, "U"?: return CallOutcome(.reexec, verb: call.tool)
    case "q"?, "Q"?: return CallOutcome(.reload, verb: call.tool)
    case "0"?, "6"?: return CallOutcome(.reboot, verb: call.tool)
    default: return CallOutcome(.unknown, verb: nil, detail: "changes the run level")
    }
  }

  /// Tools that show or change the network.
  private static func network(_ call: ToolCall) -> CallOutcome {
    let words = call.arguments.filter { !$0.knownPrefix.hasPrefix("-") }.map(\.known)
    if let queries = ToolCatalog.networkQueries[call.tool] {
      if words.isEmpty { return .none }
      if words.contains(where: { $0.map(queries.contains) ?? false }) { return .none }
      if call.tool == "ip", words.count == 1, words[0] != nil { return .none }
    }
    return isFilterQuery(call) ? .none : CallOutcome(.networkConfig, verb: call.tool)
  }

  /// Whether iptables and its like only list or check rules. Source: iptables(8), section "Commands".
  private static func isFilterQuery(_ call: ToolCall) -> Bool {
    guard ["iptables", "ip6tables", "iptables-nft", "iptables-legacy"].contains(call.tool) else { return false }
    let queries: Set<String?> = ["-L", "--list", "-S", "--list-rules", "-C", "--check"]
    return call.arguments.contains { queries.contains($0.known) }
  }
}

/// An action on units, as `systemctl`, `deb-systemd-invoke`, `invoke-rc.d` and `service` take it.
struct UnitAction {
  var verb: AbstractText?
  var units: [AbstractText]
  var isUser: Bool

  /// The kinds of the verbs that act on units. Source: systemctl(1), section "Unit Commands"; invoke-rc.d(8).
  static let kinds: [String: EffectKind] = [
    "start": .start, "stop": .stop, "kill": .stop, "clean": .stop, "freeze": .stop, "thaw": .start, "isolate": .start,
    "restart": .restart, "try-restart": .restart, "condrestart": .restart, "reload-or-restart": .restart,
    "try-reload-or-restart": .restart, "reload-or-try-restart": .restart, "force-reload": .restart,
    "reload": .reload, "rotate": .reload,
  ]

  var outcome: CallOutcome {
    guard let verb else { return .none }
    guard let name = verb.known else {
      return CallOutcome(.unknown, verb: nil, detail: "an action that is not known, on \(unitsForPerson)")
    }
    guard let kind = Self.kinds[name] else { return .none }
    guard !units.isEmpty else { return .none }
    return CallOutcome(
      effects: units.map { found(kind, name, $0) }, mentions: units.compactMap { $0.known.map(Self.stem) } + [name])
  }

  private func found(_ kind: EffectKind, _ verb: String, _ unit: AbstractText) -> CallOutcome.Found {
    let detail = isUser ? "in each user's manager" : nil
    guard let name = unit.known, !name.hasPrefix("-") else {
      return .init(
        kind: kind, verb: verb, detail: "a unit whose name is not known: \(unit.display)", isPossibleOnly: true)
    }
    return .init(kind: kind, unit: Self.fullName(name), verb: verb, detail: detail, isPossibleOnly: isUser)
  }

  private var unitsForPerson: String {
    units.isEmpty ? "no unit" : units.map(\.display).joined(separator: " ")
  }

  private static let suffixes = [
    ".service", ".socket", ".target", ".timer", ".mount", ".automount", ".swap", ".path", ".slice", ".scope", ".device",
  ]

  /// The unit's name with its suffix; `.service` where it has none. Source: systemctl(1).
  static func fullName(_ name: String) -> String {
    suffixes.contains { name.hasSuffix($0) } ? name : name + ".service"
  }

  private static func stem(_ name: String) -> String {
    name.hasSuffix(".service") ? String(name.dropLast(".service".count)) : name
  }
}

/// A call of `systemctl`. Source: systemctl(1).
struct SystemctlCall {
  private let operands: [AbstractText]
  private let options: [String]

  init(_ call: ToolCall) {
    (operands, options) = call.split(
      valued: [
        "-t", "--type", "-p", "--property", "-P", "-s", "--signal", "--kill-who", "--kill-whom", "-H", "--host", "-M",
        "--machine", "-n", "--lines", "-o", "--output", "--root", "--job-mode", "--state", "--what", "--preset-mode",
      ])
  }

  var outcome: CallOutcome {
    if options.contains(where: { $0.hasPrefix("--root=") && $0 != "--root=" && $0 != "--root=/" }) { return .none }
    guard let verb = operands.first else { return .none }
    let units = Array(operands.dropFirst())
    let isUser = options.contains("--user") || options.contains("--global")
    switch verb.known {
    case "daemon-reload"?: return isUser ? .none : CallOutcome(.reload, verb: "daemon-reload")
    case "daemon-reexec"?: return isUser ? .none : CallOutcome(.reexec, verb: "daemon-reexec")
    case "reboot"?, "poweroff"?, "halt"?, "kexec"?, "soft-reboot"?, "exit"?, "switch-root"?:
      return CallOutcome(.reboot, verb: verb.known)
    case "enable"?, "reenable"?, "unmask"?, "preset"?: return enablement(verb, units, now: .start, isUser)
    case "disable"?, "mask"?: return enablement(verb, units, now: .stop, isUser)
    default: return UnitAction(verb: verb, units: units, isUser: isUser).outcome
    }
  }

  /// `enable` and its like act at once only with `--now`.
  private func enablement(_ verb: AbstractText, _ units: [AbstractText], now kind: EffectKind, _ isUser: Bool)
    -> CallOutcome
  {
    guard options.contains("--now") else { return .none }
    var outcome = UnitAction(verb: AbstractText(kind.rawValue), units: units, isUser: isUser).outcome
    for index in outcome.effects.indices { outcome.effects[index].verb = verb.known.map { $0 + " --now" } }
    return outcome
  }
}
