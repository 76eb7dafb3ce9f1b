import AptSystem
import Glibc

extension DoctorCheck {
  /// Whether apt's configuration, as apt reads it, has the hooks, and needrestart comes before them.
  static var hooks: DoctorCheck {
    DoctorCheck(name: "hooks", fine: "apt calls apt-gate after `apt-get update`, before dpkg and after it") { node in
      var findings = try hookLists.flatMap { key, hook, use in try missing(hook, in: key, use, node) }
      findings += try protocolFindings(node)
      findings += try orderFindings(node)
      if findings.isEmpty, access(node.path(program), X_OK) != 0 {
        findings.append(
          DoctorFinding(
            .broken, "the hooks are there, but `\(program)` is not", why: "each hook does nothing without the program",
            remedy: "`apt-get install --reinstall apt-gate`"))
      }
      return findings
    }
  }

  private static let program = "/usr/bin/apt-gate"
  private static let preInstall = "DPkg::Pre-Install-Pkgs"
  private static let postInvoke = "DPkg::Post-Invoke"
  /// apt's lists, what stands in each, and what is lost without it.
  private static let hookLists = [
    ("APT::Update::Post-Invoke-Success", "update", "new versions are not decided on, and no pin holds them"),
    (preInstall, "pre-install", "apt hands dpkg whatever it wants: nothing is vetoed, shielded or watched"),
    (postInvoke, "post-install", "nobody looks whether the network is as it was; only the guard's process is left"),
  ]

  private static func missing(
    _ hook: String, in key: String, _ use: String, _ node: DoctorNode
  ) throws -> [DoctorFinding] {
    if try node.collector.configured(key).contains(where: { isOurs($0, hook) }) { return [] }
    return [
      DoctorFinding(
        .broken, "apt does not call `apt-gate hook \(hook)`: it is not in `\(key)`", why: use,
        remedy: "`apt-config dump \(key)` shows what apt reads; `apt-get install --reinstall -o "
          + "Dpkg::Options::=--force-confmiss apt-gate` puts /etc/apt/apt.conf.d/99zz-apt-gate back")
    ]
  }

  private static func isOurs(_ command: String, _ hook: String) -> Bool { command.contains("apt-gate hook \(hook)") }

  /// apt finds a hook's options by its command up to the first space.
  private static func protocolFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    guard let command = try node.collector.configured(preInstall).first(where: { isOurs($0, "pre-install") }),
      let word = command.split(separator: " ").first
    else { return [] }
    let version = try node.collector.configured("DPkg::Tools::Options::\(word)::Version")
    guard version != ["3"] else { return [] }
    return [
      DoctorFinding(
        .broken,
        "apt speaks version \(version.first ?? "1") of its hooks' protocol to `apt-gate hook pre-install`, not 3",
        why: "only version 3 says architectures and versions; every transaction is refused without them",
        remedy: "set `DPkg::Tools::Options::\(word)::Version \"3\";`, as the package's 99zz-apt-gate does")
    ]
  }

  private static func orderFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    let commands = try node.collector.configured(postInvoke)
    guard let own = commands.firstIndex(where: { isOurs($0, "post-install") }),
      let late = commands.indices.first(where: { $0 > own && commands[$0].contains("needrestart") })
    else { return [] }
    return [
      DoctorFinding(
        .broken, "needrestart runs after apt-gate's last hook: `\(commands[late])`",
        why: "the shield is down by then, and needrestart restarts units that it should keep out of reach",
        remedy: "let apt-gate's file in /etc/apt/apt.conf.d sort last: its name is 99zz-apt-gate")
    ]
  }
}
