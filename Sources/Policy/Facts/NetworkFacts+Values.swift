internal import GateModel

extension NetworkFacts {
  var value: FactValue {
    .map([
      "networkd": .map(["running": .bool(networkd.running), "version": .string(networkd.version)]),
      "managedLinks": .strings(managedLinks), "atRisk": atRisk.value,
      "foreign": .map(["routes": .int(Int64(foreign.routes)), "rules": .int(Int64(foreign.rules))]),
      "defaultRoutes": .objects(defaultRoutes),
      "cni": .list(cni.map { .map(["name": .string($0.name), "by": .strings($0.by)]) }),
    ])
  }
}

extension NetworkAtRisk {
  fileprivate var value: FactValue {
    .map([
      "routes": .int(Int64(routes)), "rules": .int(Int64(rules)), "nexthops": .int(Int64(nexthops)),
      "addresses": .int(Int64(addresses)), "neighbours": .int(Int64(neighbours)), "links": .int(Int64(links)),
      "count": .int(Int64(count)), "objects": .objects(objects),
    ])
  }
}

extension FactValue {
  fileprivate static func objects(_ objects: [NetworkFacts.Object]) -> FactValue {
    .list(objects.map { .map($0.mapValues { .string($0) }) })
  }
}
