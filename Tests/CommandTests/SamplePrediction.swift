@testable import NetworkState
@testable import NetworkSystem

@testable import apt_gate

/// Answers of `network predict`, made by hand: with something of every kind and word, and with nothing.
enum SamplePrediction {
  /// networkd runs, everything goes, and drop-ins are written.
  static let full = PredictionDocument(answer: answer(protection: protection(isWritten: true)))

  /// Drop-ins are only shown.
  static let shown = PredictionDocument(answer: answer(protection: protection(isWritten: false)))

  /// A new link, with no question of protection.
  static let newLink: PredictionDocument = {
    var answer = Self.answer(protection: nil)
    answer.question.isNewLink = true
    return PredictionDocument(answer: answer)
  }()

  /// networkd is neither there nor running.
  static let none: PredictionDocument = {
    var answer = Self.answer(protection: nil)
    answer.reading.process = nil
    answer.reading.installed = nil
    answer.reading.snapshot = NetworkSnapshot()
    answer.reading.restart.managed = [:]
    answer.reading.warnings = []
    answer.prediction = LossPrediction()
    return PredictionDocument(answer: answer)
  }()

  private static func answer(protection: PredictionAnswer.Protection?) -> PredictionAnswer {
    let version = NetworkdVersion(252, 39)
    let keeps: [KeepConfiguration] = [[], .yes, .static, [.dynamic, .dynamicOnStop], .dynamicOnStop]
    let managed = keeps.enumerated().map { place, keep in
      (UInt32(place + 2), LinkManagement(file: "/etc/systemd/network/\(place).network", keep: keep))
    }
    let process = NetworkdProcess(pid: 77, version: version, root: "", hasDescriptorStore: true, startTime: nil)
    var restart = NetworkdRestart(version: version, managed: Dictionary(uniqueKeysWithValues: managed))
    restart.settings.files = ["/etc/systemd/networkd.conf"]
    return PredictionAnswer(
      question: PredictionQuestion(),
      reading: NetworkdReader.Reading(
        process: process, installed: version, snapshot: snapshot, files: NetworkdFiles(root: ""), restart: restart,
        possibleManagements: [], warnings: ["`networkd.conf` is newer than the process"]),
      prediction: prediction, protection: protection)
  }

  private static func protection(isWritten: Bool) -> PredictionAnswer.Protection {
    let dropIn = ProtectionPlan.DropIn(path: "/etc/systemd/networkd.conf.d/zz-apt-gate.conf", text: "[Network]\n")
    return PredictionAnswer.Protection(dropIns: [dropIn], isWritten: isWritten, exposed: prediction)
  }

  private static let prediction: LossPrediction = {
    var prediction = LossPrediction()
    let losses = NetworkObjectKind.allCases.map { LossPrediction.Loss(kind: $0, place: 0, why: "it is foreign") }
    prediction.lost = losses
    prediction.interrupted = losses
    prediction.changed = losses
    prediction.notes = ["nothing is certain"]
    return prediction
  }()

  private static let snapshot: NetworkSnapshot = {
    var snapshot = NetworkSnapshot()
    for message in messages {
      guard let bytes = try? message.encoded(), let table = try? MessageTable(adopting: bytes) else { continue }
      snapshot[message.fixed.kind] = table
    }
    return snapshot
  }()

  private static let messages: [RoutingMessage] = {
    let address = AttributeValue.ipAddress(IPAddress(ipv4: 0xC612_0002))
    func attribute(_ type: some RawRepresentable<UInt16>, _ value: AttributeValue) -> NetlinkAttribute {
      NetlinkAttribute(type: type.rawValue, value: value)
    }
    return [
      RoutingMessage(
        type: .newLink, fixed: .link(LinkHeader(hardwareType: 1, index: 2, flags: 0x1043)),
        attributes: [attribute(LinkAttribute.name, .text("eth0"))]),
      RoutingMessage(
        type: .newAddress, fixed: .address(AddressHeader(family: 2, prefixLength: 24, index: 2)),
        attributes: [attribute(AddressAttribute.local, address), attribute(AddressAttribute.address, address)]),
      RoutingMessage(
        type: .newNexthop, fixed: .nexthop(NexthopHeader(family: 2, protocol: 80)),
        attributes: [attribute(NexthopAttribute.id, .uint32(5)), attribute(NexthopAttribute.gateway, address)]),
      RoutingMessage(
        type: .newRoute,
        fixed: .route(RouteHeader(family: 2, destinationLength: 32, table: 254, protocol: 80, type: 1)),
        attributes: [
          attribute(RouteAttribute.table, .uint32(254)), attribute(RouteAttribute.destination, address),
          attribute(RouteAttribute.outgoingInterface, .uint32(2)),
        ]),
      RoutingMessage(
        type: .newRule, fixed: .rule(RouteHeader(family: 2, table: 200, type: 1)),
        attributes: [attribute(RuleAttribute.priority, .uint32(111)), attribute(RuleAttribute.table, .uint32(200))]),
      RoutingMessage(
        type: .newNeighbour, fixed: .neighbour(NeighbourHeader(family: 2, index: 2, state: 0x80)),
        attributes: [attribute(NeighbourAttribute.destination, address)]),
    ]
  }()
}
