public import NetworkState

/// Puts together the question that ``LossPredictor`` answers, for the node as it is.
public struct NetworkdRestartReader: Sendable {
  private let files: NetworkdFiles
  private let node: NodeIdentity

  public init(files: NetworkdFiles, node: NodeIdentity) {
    self.files = files
    self.node = node
  }

  /// The restart into `version`. `running` is the version that runs now; nil if networkd does not run. From 257 on a
  /// process hands its state over to its successor, unless `keepsState` says that the service manager does not.
  ///
  /// Also returns what was passed over in the files. Throws `notPermitted`.
  public func restart(
    into version: NetworkdVersion, running: NetworkdVersion?, of snapshot: NetworkSnapshot, keepsState: Bool = true
  ) throws(NetworkSystemError) -> (restart: NetworkdRestart, warnings: [String]) {
    let (restart, _, warnings) = try question(into: version, running: running, of: snapshot, keepsState: keepsState)
    return (restart, warnings)
  }

  /// The same with the `.network` files that it was made from.
  func question(
    into version: NetworkdVersion, running: NetworkdVersion?, of snapshot: NetworkSnapshot, keepsState: Bool
  ) throws(NetworkSystemError) -> (restart: NetworkdRestart, networks: NetworkFiles, warnings: [String]) {
    let configuration = try files.configuration()
    let networks = NetworkFiles(configuration, version: version)
    let settings = NetworkdSettings(files: configuration, version: version)
    var managed: [UInt32: LinkManagement] = [:]
    var undecided: [String] = []
    for link in snapshot.links {
      guard let properties = try files.properties(of: link) else { continue }
      let identity = LinkIdentity(link: link, properties: properties)
      managed[link.index] = networks.management(of: identity, on: node)
      undecided += networks.undecided(identity, on: node)
    }
    let handsOver = NetworkdVersion(257)
    let managedNow = try files.managedLinks()
    var restart = NetworkdRestart(
      isRunning: running != nil, version: version, settings: settings,
      keepsState: keepsState && version >= handsOver && running.map { $0 >= handsOver } ?? false, managed: managed,
      managedNow: Set(managedNow.keys))
    restart.leases = try files.leases()
    restart.abandoned = managedNow.filter { managed[$0.key] == nil }.compactMapValues { path in
      networks.files.first { $0.path == path }?.management.requested
    }
    restart.abandonedWithoutFile = Set(managedNow.keys.filter { managed[$0] == nil && restart.abandoned[$0] == nil })
    return (restart, networks, settings.warnings + networks.warnings + undecided)
  }
}
