import GateModel

extension KeptBackPackage {
  /// One element of `keptBack`.
  var json: JSONValue {
    [
      "source": .string(source), "name": .string(name), "architecture": .string(architecture),
      "from": .string(from.text), "to": .string(to.text), "reason": reason.json,
    ]
  }
}

extension KeptBackReason {
  var json: JSONValue {
    switch self {
    case .held: Self.json(kind: "held")
    case .phased(let phasing): Self.json(kind: "phased", phasing: phasing.json)
    case .dependencies(let obstacles): Self.json(kind: "dependencies", obstacles: obstacles.map(\.json))
    case .unknown: Self.json(kind: "unknown")
    }
  }

  private static func json(kind: String, phasing: JSONValue = .null, obstacles: [JSONValue] = []) -> JSONValue {
    ["kind": .string(kind), "phasing": phasing, "obstacles": .array(obstacles)]
  }
}

extension DependencyObstacle {
  var json: JSONValue {
    ["package": .string(package), "relation": .string(relation), "inTheWay": .strings(inTheWay)]
  }
}
