/// The settings after which a restart would take nothing away, as few as will do: none of them can be left out, and no
/// `KeepConfiguration=` be weaker.
public struct ProtectionPlan: Sendable, Hashable {
  /// A drop-in to be written.
  public struct DropIn: Sendable, Hashable {
    public var path: String
    public var text: String
  }

  /// The drop-ins; empty if nothing is lost, or if none would help.
  public private(set) var dropIns: [DropIn] = []
  /// What would be lost with them.
  public private(set) var prediction: LossPrediction

  /// Sorts after every other drop-in, so that it has the last word.
  static let name = "zz-apt-gate.conf"
  private static var switches: [(WritableKeyPath<NetworkdSettings, Bool>, String)] {
    [
      (\.managesForeignRules, "ManageForeignRoutingPolicyRules"), (\.managesForeignRoutes, "ManageForeignRoutes"),
      (\.managesForeignNexthops, "ManageForeignNextHops"),
    ]
  }

  /// Plans for a restart of a node. It begins with every setting and leaves out what does not help: first
  /// `KeepConfiguration=`, because that also keeps what the administrator may have removed from a file.
  public init(for snapshot: NetworkSnapshot, _ restart: NetworkdRestart) {
    prediction = LossPredictor.predict(snapshot, restart)
    guard !prediction.lost.isEmpty else { return }
    let full = Self.fullyProtected(restart)
    let least = LossPredictor.predict(snapshot, full).lost.count
    guard least < prediction.lost.count else { return }
    var plan = full
    let suffices = { (candidate: NetworkdRestart) in
      LossPredictor.predict(snapshot, candidate).lost.count <= least
    }
    for file in Set(restart.managed.values.map(\.file)).sorted() {
      for keep in [nil, KeepConfiguration.static, [.dynamic, .dynamicOnStop]] as [KeepConfiguration?] {
        let candidate = Self.setting(keep, on: file, of: plan, from: restart)
        if suffices(candidate) {
          plan = candidate
          break
        }
      }
    }
    for (key, _) in Self.switches where restart.settings[keyPath: key] {
      var candidate = plan
      candidate.settings[keyPath: key] = true
      if suffices(candidate) { plan = candidate }
    }
    prediction = LossPredictor.predict(snapshot, plan)
    dropIns = Self.dropIns(from: restart, to: plan)
  }

  private static func fullyProtected(_ restart: NetworkdRestart) -> NetworkdRestart {
    var full = restart
    for (key, _) in switches { full.settings[keyPath: key] = false }
    for index in full.managed.keys { full.managed[index]?.keep = .yes }
    if !NetworkdBehaviour(restart.version).hasKeepConfiguration {
      for index in full.managed.keys { full.managed[index]?.isCritical = true }
    }
    return full
  }

  /// `plan` with a weaker protection of the links of one file; nil is what the file has now.
  private static func setting(
    _ keep: KeepConfiguration?, on file: String, of plan: NetworkdRestart, from restart: NetworkdRestart
  ) -> NetworkdRestart {
    var candidate = plan
    for (index, management) in restart.managed where management.file == file {
      candidate.managed[index]?.keep = keep.map { $0.union(management.keep) } ?? management.keep
      if keep == nil { candidate.managed[index]?.isCritical = management.isCritical }
    }
    return candidate
  }

  private static func dropIns(from restart: NetworkdRestart, to plan: NetworkdRestart) -> [DropIn] {
    let lines = switches.filter { restart.settings[keyPath: $0.0] && !plan.settings[keyPath: $0.0] }.map {
      "\($0.1)=no\n"
    }
    var result: [DropIn] = []
    if !lines.isEmpty {
      result.append(DropIn(path: "/etc/systemd/networkd.conf.d/\(name)", text: "[Network]\n" + lines.joined()))
    }
    var seen: Set<String> = []
    for (index, management) in plan.managed.sorted(by: { $0.key < $1.key })
    where management != restart.managed[index] && seen.insert(management.file).inserted {
      let base = management.file.split(separator: "/").last.map(String.init) ?? ""
      let text =
        NetworkdBehaviour(restart.version).hasKeepConfiguration
        ? "[Network]\nKeepConfiguration=\(management.keep.text(for: restart.version))\n"
        : "[DHCP]\nCriticalConnection=yes\n"
      result.append(DropIn(path: "/etc/systemd/network/\(base).d/\(name)", text: text))
    }
    return result
  }
}
