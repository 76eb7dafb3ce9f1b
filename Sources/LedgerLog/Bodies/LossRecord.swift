public import GateModel

/// How many objects of the network a restart of systemd-networkd was predicted to take away.
public struct LossRecord: Sendable, Hashable {
  public var routes: Int
  public var rules: Int
  public var nexthops: Int
  public var addresses: Int
  public var neighbours: Int
  /// Links that would become unmanaged.
  public var links: Int

  public init(
    routes: Int = 0, rules: Int = 0, nexthops: Int = 0, addresses: Int = 0, neighbours: Int = 0, links: Int = 0
  ) {
    self.routes = routes
    self.rules = rules
    self.nexthops = nexthops
    self.addresses = addresses
    self.neighbours = neighbours
    self.links = links
  }

  public init(_ risk: NetworkAtRisk) {
    self.init(
      routes: risk.routes, rules: risk.rules, nexthops: risk.nexthops, addresses: risk.addresses,
      neighbours: risk.neighbours, links: risk.links)
  }

  /// Of all kinds but links, which are not deleted.
  public var count: Int { routes + rules + nexthops + addresses + neighbours }
}

extension LossRecord {
  var json: JSONValue {
    BodyWriter(
      ("routes", .number(routes)), ("rules", .number(rules)), ("nexthops", .number(nexthops)),
      ("addresses", .number(addresses)), ("neighbours", .number(neighbours)), ("links", .number(links))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      routes: try reader.number("routes"), rules: try reader.number("rules"), nexthops: try reader.number("nexthops"),
      addresses: try reader.number("addresses"), neighbours: try reader.number("neighbours"),
      links: try reader.number("links"))
  }
}
