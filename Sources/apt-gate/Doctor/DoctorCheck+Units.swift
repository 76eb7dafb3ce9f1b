import GateModel
import Glibc

extension DoctorCheck {
  /// Whether systemd runs apt-gate before unattended-upgrades and at boot.
  static var units: DoctorCheck {
    DoctorCheck(name: "units", fine: "systemd syncs before unattended-upgrades runs, and sweeps at boot") { node in
      guard unitFolders.contains(where: node.exists) else { throw DoctorSkip(reason: "there is no systemd") }
      return try dropInFindings(node) + sweepFindings(node)
    }
  }

  private static let unitFolders = ["/usr/lib/systemd/system", "/lib/systemd/system"]
  private static let upgrade = "apt-daily-upgrade.service"
  private static let sweep = "apt-gate-sweep.service"

  private static func dropInFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    let name = "\(upgrade).d/apt-gate.conf"
    let remedy = "`systemctl cat \(upgrade)` shows what is in force; then `systemctl daemon-reload`"
    if let unit = try node.unit(upgrade), unit.loadState == "loaded" {
      // One of the same name in /etc or /run, in the list as well, stands in its place.
      guard unit.dropIns.allSatisfy({ dropIn in !unitFolders.contains { dropIn == "\($0)/\(name)" } }) else {
        guard unit.needsReload else { return [] }
        return [
          DoctorFinding(
            .note, "systemd has not read the newest files of \(upgrade)",
            why: "until then the ones before are in force",
            remedy: "`systemctl daemon-reload`")
        ]
      }
    } else if unitFolders.contains(where: { node.exists("\($0)/\(name)") }), !isMasked(name, node) {
      return []
    }
    return [
      DoctorFinding(
        .risk, "the drop-in of \(upgrade) is not in force",
        why:
          "unattended-upgrades then runs on the decisions of the last `apt-get update`, and staged changes get no slot",
        remedy: remedy)
    ]
  }

  /// A file of the same name in /etc or /run stands in the package's place; as a link to /dev/null it takes it away.
  private static func isMasked(_ name: String, _ node: DoctorNode) -> Bool {
    ["/etc/systemd/system", "/run/systemd/system"].contains { node.exists("\($0)/\(name)") }
  }

  private static func sweepFindings(_ node: DoctorNode) -> [DoctorFinding] {
    let links = ["/etc/systemd/system", "/run/systemd/system"].map { "\($0)/multi-user.target.wants/\(sweep)" }
    let isEnabled = links.contains { link in
      var status = stat()
      return lstat(node.path(link), &status) == 0
    }
    guard !isEnabled || isMasked(sweep, node) else { return [] }
    return [
      DoctorFinding(
        .risk, "\(sweep) is not enabled", why: "what a power cut leaves stays until apt runs the next time",
        remedy: "`systemctl enable \(sweep)`")
    ]
  }
}
