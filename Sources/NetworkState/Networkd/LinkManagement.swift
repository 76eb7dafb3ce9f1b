/// How systemd-networkd would manage a link after it starts.
public struct LinkManagement: Sendable, Hashable {
  /// The `.network` file that matches.
  public var file: String
  public var keep: KeepConfiguration
  /// `CriticalConnection=`, which versions before 243 have instead of `KeepConfiguration=`.
  public var isCritical: Bool
  /// Whether it asks for an IPv4 address by DHCP, so that it gets one again.
  public var usesDHCPv4: Bool
  /// Whether it gets IPv6 addresses by router advertisements or DHCP, so that it gets them again.
  public var usesDynamicIPv6: Bool
  public var requested: RequestedConfiguration
  /// `LinkLocalAddressing=`: whether the link has link-local IPv6 addresses.
  public var hasLinkLocalIPv6 = true

  public init(
    file: String, keep: KeepConfiguration = [], isCritical: Bool = false, usesDHCPv4: Bool = false,
    usesDynamicIPv6: Bool = false, requested: RequestedConfiguration = RequestedConfiguration()
  ) {
    self.file = file
    self.keep = keep
    self.isCritical = isCritical
    self.usesDHCPv4 = usesDHCPv4
    self.usesDynamicIPv6 = usesDynamicIPv6
    self.requested = requested
  }

  func isDynamic(_ family: AddressFamily) -> Bool { family == .ipv4 ? usesDHCPv4 : usesDynamicIPv6 }
}

/// What a `.network` file asks for by name.
public struct RequestedConfiguration: Sendable, Hashable {
  public struct Route: Sendable, Hashable {
    public var destination: IPPrefix
    public var gateway: IPAddress?
    /// Nil is the version's default: `main`.
    public var table: UInt32?
    public var metric: UInt32?
    public var type: RouteType
  }

  public struct Rule: Sendable, Hashable {
    public var family: AddressFamily
    public var priority: UInt32?
    public var table: UInt32?
    public var source: IPPrefix?
    public var destination: IPPrefix?
    public var mark: UInt32?
    public var incomingInterface: String?
    public var outgoingInterface: String?
    /// `Family=both`: one of the two rules that it stands for.
    public var isOfBothFamilies = false
  }

  public var addresses: [IPPrefix] = []
  /// Those of `addresses` whose broadcast address the file states.
  public var addressesWithBroadcast: Set<IPPrefix> = []
  public var routes: [Route] = []
  public var rules: [Rule] = []
  public var nexthops: Set<UInt32> = []
  public var neighbours: Set<IPAddress> = []

  public init() {}
}

extension RequestedConfiguration.Route {
  /// Whether the kernel's route is what is asked for. The kernel gives IPv6 routes the metric 1024 if they have none.
  func isMet(by route: Route) -> Bool {
    let standard: UInt32 = route.family == .ipv6 ? 1024 : 0
    return route.destination == destination && route.type == type && route.table == table ?? RouteTable.main
      && route.priority == metric ?? standard && (gateway == nil || route.gateway == gateway)
  }
}

extension RequestedConfiguration.Rule {
  func isMet(by rule: PolicyRule) -> Bool {
    rule.family == family && (priority == nil || rule.priority == priority) && rule.table == table ?? RouteTable.main
      && rule.source == source && rule.destination == destination && rule.mark == mark ?? 0
      && rule.incomingInterface == incomingInterface && rule.outgoingInterface == outgoingInterface
  }
}
