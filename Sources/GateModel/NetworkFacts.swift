/// The node's network, and what a restart of systemd-networkd would take away from it now.
public struct NetworkFacts: Sendable, Hashable {
  /// An object with the key names of `ip -j`; values are texts.
  public typealias Object = [String: String]

  public var networkd: NetworkdFacts
  /// Links that systemd-networkd manages.
  public var managedLinks: [String]
  /// The loss prediction.
  public var atRisk: NetworkAtRisk
  /// What neither the kernel nor systemd-networkd made.
  public var foreign: ForeignNetworkState
  /// Default routes of all tables.
  public var defaultRoutes: [Object]
  /// The plugins of the container network whose traces were recognised.
  public var cni: [CNITrace]

  public init(
    networkd: NetworkdFacts, managedLinks: [String] = [], atRisk: NetworkAtRisk = NetworkAtRisk(),
    foreign: ForeignNetworkState = ForeignNetworkState(), defaultRoutes: [Object] = [], cni: [CNITrace] = []
  ) {
    self.networkd = networkd
    self.managedLinks = managedLinks
    self.atRisk = atRisk
    self.foreign = foreign
    self.defaultRoutes = defaultRoutes
    self.cni = cni
  }
}

/// systemd-networkd on the node.
public struct NetworkdFacts: Sendable, Hashable {
  public var running: Bool
  /// Of the one that runs, or else of the one that is installed, such as `252.38`; empty if that is not known.
  public var version: String

  public init(running: Bool, version: String = "") {
    self.running = running
    self.version = version
  }
}

/// What would be lost, in numbers, and the first objects of it.
public struct NetworkAtRisk: Sendable, Hashable {
  public var routes: Int
  public var rules: Int
  public var nexthops: Int
  public var addresses: Int
  public var neighbours: Int
  /// Links that would become unmanaged.
  public var links: Int
  /// Each with its `kind`, such as `route`, and `why`. Of many objects these are the first.
  public var objects: [NetworkFacts.Object]

  /// Without a number: as many as `objects` has of the kind.
  public init(
    routes: Int? = nil, rules: Int? = nil, nexthops: Int? = nil, addresses: Int? = nil, neighbours: Int? = nil,
    links: Int? = nil, objects: [NetworkFacts.Object] = []
  ) {
    func count(_ kind: String) -> Int { objects.count { $0["kind"] == kind } }
    self.routes = routes ?? count("route")
    self.rules = rules ?? count("rule")
    self.nexthops = nexthops ?? count("nexthop")
    self.addresses = addresses ?? count("address")
    self.neighbours = neighbours ?? count("neighbour")
    self.links = links ?? count("link")
    self.objects = objects
  }

  public var count: Int { routes + rules + nexthops + addresses + neighbours + links }
}

/// How many objects there are that systemd-networkd takes for foreign: an administrator's, a routing daemon's, a CNI
/// plugin's.
public struct ForeignNetworkState: Sendable, Hashable {
  public var routes: Int
  public var rules: Int

  public init(routes: Int = 0, rules: Int = 0) {
    self.routes = routes
    self.rules = rules
  }
}

/// A plugin of the container network that was recognised by what it left in the node's network.
public struct CNITrace: Sendable, Hashable {
  /// Such as `cilium`.
  public var name: String
  /// The traces, such as `2 interfaces cilium_*`.
  public var by: [String]

  public init(name: String, by: [String]) {
    self.name = name
    self.by = by
  }
}
