internal import GateModel

/// Recognises plugins of the container network by what they leave on a node: names of interfaces, protocols and tables
/// of routes, priorities and marks of rules.
///
/// A trace is a hint, not a proof: names can be given by hand. Where a number is in common use by others too, more
/// than the number is asked for.
struct CNIRecogniser {
  /// One kind of trace.
  struct Trace {
    var plugin: String
    /// One object, and several, in words.
    var words: (one: String, many: String)

    init(_ plugin: String, _ one: String, _ many: String) {
      self.plugin = plugin
      words = (one, many)
    }
  }

  private var counts: [String: [String: (trace: Trace, count: Int)]] = [:]

  mutating func see(_ link: Link) {
    guard let name = CNIInterface.all.first(where: { $0.matches(link.name) }) else { return }
    note(Trace(name.plugin, "interface \(name.pattern)", "interfaces \(name.pattern)"))
  }

  /// Calico's felix writes routes with protocol 80 (`DefaultRouteProto`, felix/dataplane/linux/dataplanedefs). Cilium's
  /// tables 2004 and 2005 lead to and from its proxy (`RouteTableToProxy`, `RouteTableFromProxy`,
  /// pkg/datapath/linux/linux_defaults). Submariner's table is 150.
  mutating func see(_ route: Route) {
    if route.protocol.rawValue == 80 { note(Trace("calico", "route with protocol 80", "routes with protocol 80")) }
    let owner =
      switch route.table {
      case 2004, 2005: "cilium"
      case 150: "submariner"
      default: ""
      }
    guard !owner.isEmpty else { return }
    note(Trace(owner, "route in table \(route.table)", "routes in table \(route.table)"))
  }

  mutating func see(_ rule: PolicyRule) {
    guard let plugin = Self.plugin(of: rule) else { return }
    let priority = "with priority \(rule.priority)"
    note(Trace(plugin, "rule \(priority)", "rules \(priority)"))
  }

  /// Cilium: linux_defaults.RulePriority...; local lookup moved from 0 to 100, proxy at 9 and 10, pods of an ENI at 110
  /// and 111. AWS VPC CNI: 512 to a pod, 1024 by mark 0x80, 1536 from a pod (pkg/networkutils/network.go).
  private static func plugin(of rule: PolicyRule) -> String? {
    guard rule.protocol != .dhcp, rule.protocol != .routerAdvertisement else { return nil }
    switch rule.priority {
    case 9 where rule.table == 2004, 10 where rule.table == 2005: return "cilium"
    case 100 where rule.table == RouteTable.local && rule.source == nil && rule.destination == nil: return "cilium"
    case 110 where rule.source != nil, 111 where rule.source != nil: return "cilium"
    case 512 where rule.table == RouteTable.main && rule.destination != nil: return "aws-vpc-cni"
    case 1024 where rule.mark == 0x80: return "aws-vpc-cni"
    case 1536 where rule.source != nil: return "aws-vpc-cni"
    default: return nil
    }
  }

  private mutating func note(_ trace: Trace) {
    counts[trace.plugin, default: [:]][trace.words.one, default: (trace, 0)].count += 1
  }

  /// What was recognised, by name.
  var traces: [CNITrace] {
    counts.sorted { $0.key < $1.key }.map { plugin, found in
      let lines = found.values.map { "\($0.count) \($0.count == 1 ? $0.trace.words.one : $0.trace.words.many)" }
      return CNITrace(name: plugin, by: lines.sorted())
    }
  }
}
