public import GateModel

extension NetworkFacts {
  /// No more objects of one kind are listed; all are counted.
  static let mostObjects = 100

  /// The facts of a node whose network is `snapshot`. `version` is that of the networkd that runs, or else of the one
  /// that is installed; `restart` says which one would start.
  public init(
    of snapshot: NetworkSnapshot, _ restart: NetworkdRestart, version: NetworkdVersion?,
    names: NumberNames = NumberNames()
  ) {
    let describer = ObjectDescriber(names: names, of: snapshot)
    let prediction = LossPredictor.predict(snapshot, restart)
    let census = LossPredictor.census(of: snapshot, restart)
    self.init(
      networkd: NetworkdFacts(running: restart.isRunning, version: version?.description ?? ""),
      managedLinks: restart.isRunning ? restart.managedNow.map(describer.interface).sorted() : [],
      atRisk: NetworkAtRisk(prediction, of: snapshot, describer), foreign: census.foreign,
      defaultRoutes: census.defaultRoutes.compactMap { place in
        (try? snapshot[.route][place]).map { Self.object($0, describer) }
      }, cni: census.recogniser.traces)
  }

  /// A message in the words of `ip -j`, as texts; what `ip` leaves out because of the question (family, table) is there.
  static func object(_ message: RoutingMessage, _ describer: ObjectDescriber) -> Object {
    var object = Object()
    for member in describer.describe(message).members { object[member.key] = member.value.plainText }
    switch message.fixed {
    case .address(let header): object["dev"] = describer.interface(header.index)
    case .route(let header):
      object["family"] = header.family == 2 ? "inet" : "inet6"
      if object["table"] == nil { object["table"] = "main" }
    case .rule(let header): object["family"] = header.family == 2 ? "inet" : "inet6"
    default: break
    }
    return object
  }
}

extension NetworkAtRisk {
  init(_ prediction: LossPrediction, of snapshot: NetworkSnapshot, _ describer: ObjectDescriber) {
    let lost = Dictionary(grouping: prediction.lost, by: \.kind)
    func count(_ kind: NetworkObjectKind) -> Int { lost[kind]?.count ?? 0 }
    let kinds: [NetworkObjectKind] = [.route, .rule, .nexthop, .address, .neighbour, .link]
    let first = kinds.flatMap { (lost[$0] ?? []).prefix(NetworkFacts.mostObjects) }
    self.init(
      routes: count(.route), rules: count(.rule), nexthops: count(.nexthop), addresses: count(.address),
      neighbours: count(.neighbour), links: count(.link),
      objects: first.compactMap { loss in
        guard let message = try? snapshot[loss.kind][loss.place] else { return nil }
        var object = NetworkFacts.object(message, describer)
        object["kind"] = loss.kind.rawValue
        object["why"] = loss.why
        return object
      })
  }
}

extension DescribedValue {
  /// The value as one text: lists with commas, objects as words, a key without a value as `true`.
  fileprivate var plainText: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .null: "true"
    case .list(let values): values.map(\.plainText).joined(separator: ",")
    case .object(let object): object.members.map { "\($0.key) \($0.value.plainText)" }.joined(separator: " ")
    }
  }
}
