import GateModel

extension ScriptRun {
  /// Expands the words of redirections. Returns whether standard output goes elsewhere.
  func redirect(_ redirections: [ShellRedirection], _ state: inout ScriptState) -> Bool {
    var isDiverted = false
    for redirection in redirections {
      switch redirection.kind {
      case .hereDocument(let document): _ = expand(document.body, &state)
      case .input, .hereString: _ = expand(redirection.target, &state)
      case .duplicate:
        isDiverted = isDiverted || redirection.descriptor ?? 1 == 1
      case .output:
        let target = expand(redirection.target, &state)
        for path in target.expansions { reportWrite(to: path, verb: "write", state) }
        isDiverted = isDiverted || redirection.descriptor ?? 1 == 1
      }
    }
    return isDiverted
  }

  /// What a command reads from its standard input, if a here-document or here-string gives it.
  func standardInput(_ redirections: [ShellRedirection], _ state: ScriptState) -> AbstractText? {
    var copy = state
    for redirection in redirections.reversed() {
      switch redirection.kind {
      case .hereDocument(let document):
        let value = expand(document.body, &copy)
        return value.expansions.count == 1 ? value.expansions[0] : .hole
      case .hereString:
        let value = expand(redirection.target, &copy)
        return value.expansions.count == 1 ? value.expansions[0] : .hole
      case .input where redirection.descriptor ?? 0 == 0: return .hole
      default: continue
      }
    }
    return nil
  }

  /// Reports a change to a file that means something to the node.
  func reportWrite(to path: AbstractText, verb: String, _ state: ScriptState) {
    guard let kind = WatchedPath.kind(of: path.knownPrefix) else { return }
    report(
      Effect(
        kind: kind, verb: verb, certainty: certainty(state), evidence: evidence(mentioning: []),
        package: contents.name, detail: "changes \(path.display)"))
  }
}

/// Paths that mean something to the node when a script changes them.
enum WatchedPath {
  /// Source: proc(5), interfaces(5), netplan(5), systemd.network(5), sysctl.d(5), udev(7); reboot-required: the
  /// notice that update-notifier and kernel hooks leave.
  private static let prefixes: [(prefix: String, kind: EffectKind)] = [
    ("/proc/sys/", .sysctl), ("/etc/sysctl.", .sysctl), ("/etc/modules", .sysctl),
    ("/etc/network/interfaces", .networkConfig), ("/etc/netplan/", .networkConfig),
    ("/etc/systemd/network/", .networkConfig), ("/run/systemd/network/", .networkConfig),
    ("/etc/systemd/networkd.conf", .networkConfig), ("/etc/resolv.conf", .networkConfig),
    ("/etc/NetworkManager/", .networkConfig), ("/etc/udev/rules.d/", .udev), ("/run/udev/rules.d/", .udev),
    ("/run/reboot-required", .reboot), ("/var/run/reboot-required", .reboot), ("/proc/sysrq-trigger", .reboot),
  ]

  static func kind(of path: String) -> EffectKind? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    return prefixes.first { path.hasPrefix($0.prefix) }?.kind
  }
}
