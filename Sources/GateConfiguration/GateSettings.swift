public import GateModel
public import NetworkState

/// How apt-gate works on this node: validated, with a value for everything.
public struct GateSettings: Sendable, Hashable {
  public var mode = GateMode.enforce
  /// Folders of policies; a policy in an earlier one hides the one of the same name in later ones.
  public var policies = ["/etc/apt-gate/policies", packagePolicies]
  /// Those that come with the package.
  public static let packagePolicies = "/usr/share/apt-gate/policies"
  /// Where the ledger, the key, snapshots and fetched .debs are.
  public var state = "/var/lib/apt-gate"
  /// Where the records of the transactions that are under way are: below `/run`, so that they end with the boot. No file
  /// names another folder, because apt's hooks look there before they start the program.
  public var transactions = "/run/apt-gate/transactions"
  public var deadlines = HookDeadlines()
  public var probes = ProbeSettings()
  public var churn = ChurnSettings()
  /// Told what an administrator should know; nil for nobody.
  public var notify: NotifySettings?
  /// The file of node_exporter's textfile collector; nil for none.
  public var metrics: String? = "/var/lib/prometheus/node-exporter/apt-gate.prom"
  /// The line for the message of the day; nil for none.
  public var motd: String? = "/run/apt-gate/motd"
  /// The fleet that the node belongs to; nil for none.
  public var fleet: FleetMembership?
  /// The FleetLock server that gives slots where no coordinator runs; nil for none, and with a ``fleet``.
  public var fleetLock: FleetLockMembership?

  public init() {}

  /// The folders of policies with the fleet's own among them, if the node takes bundles: right before the package's, so that
  /// it hides those and the administrator's hide it; last where the package's are not in the list.
  public var foldersInForce: [String] {
    guard let fleet, !fleet.publishers.isEmpty else { return policies }
    return folders(withFleetPolicies: fleet.policies + "/current")
  }

  /// The folders as they would be with the fleet's policies in `folder`.
  public func folders(withFleetPolicies folder: String) -> [String] {
    var folders = policies
    folders.insert(folder, at: folders.firstIndex(of: Self.packagePolicies) ?? folders.endIndex)
    return folders
  }

  /// What holds where nothing is configured.
  public static let standard = GateSettings()
}

/// How long each hook may take, whatever hangs. apt itself sets no limit.
public struct HookDeadlines: Sendable, Hashable {
  /// Before dpkg runs, while apt waits and holds dpkg's lock.
  public var preInstall = Duration.seconds(5)
  /// After dpkg has run, probes included.
  public var postInstall = Duration.seconds(60)
  /// After `apt-get update`: everything that is pending is analysed.
  public var update = Duration.seconds(60)

  /// Shorter ones could never be met, longer ones look like an apt that hangs.
  public static let range = Duration.seconds(1)...Duration.seconds(600)

  public init() {}
}

/// What must be reachable after a change.
public struct ProbeSettings: Sendable, Hashable {
  public var targets: [ProbeTarget] = []
  /// How many of the targets that answered before must answer afterwards; at most as many as there are.
  public var needed = 0
  /// For all of them together.
  public var deadline = Duration.seconds(5)

  public init() {}
}

/// What changes on this node all the time, so that it is no drift.
public struct ChurnSettings: Sendable, Hashable {
  /// Names of interfaces, as globs.
  public var interfaces: [String] = []
  /// Numbers of routing protocols: `RTPROT_...`, linux/rtnetlink.h.
  public var protocols: [UInt8] = []
  public var prefixes: [IPPrefix] = []

  public init() {}
}

/// A program that is told what happens; it gets JSON on standard input.
public struct NotifySettings: Sendable, Hashable {
  /// The program's absolute path and its arguments.
  public var command: [String]
  public var deadline: Duration

  public init(command: [String], deadline: Duration) {
    self.command = command
    self.deadline = deadline
  }
}
