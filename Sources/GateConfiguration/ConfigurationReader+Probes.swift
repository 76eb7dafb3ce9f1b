internal import Documents
internal import NetworkState

extension ConfigurationReader {
  private static let mostTargets = 64

  func readProbes(_ node: YamlNode, into fragment: inout ConfigurationFragment) {
    let keys = ["need", "deadline", "targets"]
    guard let reader = MappingReader(node, "`probes`", keys: keys, collector) else { return }
    fragment.probesNeeded = located(reader["need"]) { collector.number($0, "`need`", in: 1...Self.mostTargets) }
    fragment.probeDeadline = deadline(reader, "deadline")
    fragment.probeTargets = located(reader.required("targets")) { all($0, "a probe") { node, _ in target(node) } }
  }

  private func target(_ node: YamlNode) -> ProbeTarget? {
    let keys = ["kind", "address", "port", "name", "path", "status"]
    guard let reader = MappingReader(node, "a probe", keys: keys, collector),
      let kind = reader.required("kind").flatMap({ collector.word($0, "kind of probe", as: ProbeKind.self) })
    else { return nil }
    let address = address(reader, "address")
    let others = keys.dropFirst(2).filter { reader[$0] != nil && !Self.keys(of: kind).contains($0) }
    for key in others {
      collector.error(
        .unknownKey, at: reader.position(of: key), "a probe of kind `\(kind.rawValue)` has no `\(key)`",
        suggestion: "take it out")
    }
    guard let address, others.isEmpty else { return nil }
    return target(kind, address, reader)
  }

  private static func keys(of kind: ProbeKind) -> [String] {
    switch kind {
    case .tcp: ["port"]
    case .dns: ["name"]
    case .http: ["port", "path", "status"]
    case .icmp, .neighbour: []
    }
  }

  private func target(_ kind: ProbeKind, _ address: IPAddress, _ reader: MappingReader) -> ProbeTarget? {
    switch kind {
    case .icmp: return .icmp(address)
    case .neighbour: return .neighbour(address)
    case .tcp:
      return reader.required("port").flatMap(port).map { .tcp(address, port: $0) }
    case .dns:
      return reader.required("name").flatMap { collector.text($0, "`name`") }
        .map { .dns(name: $0, server: address, port: 53) }
    case .http:
      let port = reader["port"].map { self.port($0) } ?? 80
      let path = reader["path"].map { self.path($0, "`path`") } ?? "/"
      let status = reader["status"].map { collector.number($0, "`status`", in: 100...599) } ?? 200
      guard let port, let path, let status else { return nil }
      return .http(address, port: port, path: path, status: status)
    }
  }

  private func port(_ node: YamlNode) -> UInt16? {
    collector.number(node, "`port`", in: 1...65_535).map { UInt16($0) }
  }
}
