/// The node's network, and what a restart of systemd-networkd would take away from it now.
public struct NetworkFacts: Sendable, Hashable {
  /// What manages links on the node: `systemd-networkd`, `NetworkManager`, `ifupdown`, `netplan`.
  public var managers: [String]
  /// Whether systemd-networkd runs.
  public var networkdRunning: Bool
  /// Its version as `networkctl --version` says, such as `252`; empty if it is not known.
  public var networkdVersion: String
  /// Links that systemd-networkd manages.
  public var managedLinks: [String]
  /// The loss prediction.
  public var lost: LostNetworkState

  public init(
    managers: [String] = [], networkdRunning: Bool, networkdVersion: String = "", managedLinks: [String] = [],
    lost: LostNetworkState = LostNetworkState()
  ) {
    self.managers = managers
    self.networkdRunning = networkdRunning
    self.networkdVersion = networkdVersion
    self.managedLinks = managedLinks
    self.lost = lost
  }
}

/// What would be lost. Each object has the key names of `ip -j`, and `why`.
public struct LostNetworkState: Sendable, Hashable {
  public typealias Object = [String: String]

  public var routes: [Object]
  public var rules: [Object]
  public var nexthops: [Object]
  public var addresses: [Object]
  public var neighbours: [Object]
  /// Links that would become unmanaged.
  public var links: [Object]

  public init(
    routes: [Object] = [], rules: [Object] = [], nexthops: [Object] = [], addresses: [Object] = [],
    neighbours: [Object] = [], links: [Object] = []
  ) {
    self.routes = routes
    self.rules = rules
    self.nexthops = nexthops
    self.addresses = addresses
    self.neighbours = neighbours
    self.links = links
  }

  public var count: Int {
    routes.count + rules.count + nexthops.count + addresses.count + neighbours.count + links.count
  }
}
