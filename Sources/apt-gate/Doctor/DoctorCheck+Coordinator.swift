import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateModel
import NetworkState
import NetworkSystem

extension DoctorCheck {
  /// Whether the fleet's coordinator answers, takes this node for a node, has the same time, and is found without what the gate
  /// protects.
  static var coordinator: DoctorCheck {
    DoctorCheck(name: "coordinator", fine: "the fleet's coordinator answers, by a way that no update takes away") {
      node in
      guard let fleet = node.settings.fleet else { throw DoctorSkip(reason: "this node belongs to no fleet") }
      guard node.isLive else { throw DoctorSkip.otherRoot }
      return answer(of: fleet) + way(to: fleet.coordinator)
    }
  }

  /// How long it may take, whatever a node's configuration allows a question.
  static let longestQuestion = Duration.seconds(10)
  /// Of both clocks; certificates, windows and records are compared by them.
  private static let largestDifference = Duration.seconds(60)

  private static func answer(of fleet: FleetMembership) -> [DoctorFinding] {
    let limit = min(fleet.deadline, longestQuestion)
    do {
      let (identity, date) = try FleetQuestion.ask(fleet.address, within: limit) {
        try await $0.whoAmIAndWhen(within: limit)
      }
      return role(identity) + clock(date.flatMap(Timestamp.init(httpDate:)))
    } catch {
      return [unanswered(error, fleet)]
    }
  }

  private static func unanswered(_ error: any Error, _ fleet: FleetMembership) -> DoctorFinding {
    let error = error as? CoordinatorClientError
    switch error?.code {
    case .refused(let status, _) where status == 401 || status == 403:
      return DoctorFinding(
        .broken, "the coordinator does not accept who this node is: \(error?.message ?? "")",
        why: "it gets no slots, so what is staged waits for ever",
        remedy: "a certificate of its authorities, or a token: `apt-gate-coordinator token create --role node NAME`")
    case .configuration:
      return DoctorFinding(
        .broken, "the coordinator cannot be asked: \(error?.message ?? "")", why: "what is staged waits for ever",
        remedy: "mend `fleet:` in the configuration; apt-gate.yaml(5) has its keys")
    default:
      return DoctorFinding(
        .broken, "the coordinator does not answer: \(error?.message ?? "no answer in time")",
        why: "what is staged waits until it does; everything else goes on",
        remedy: "see that `\(fleet.coordinator)` can be reached from here, and that `trustedCertificates` has its "
          + "authority")
    }
  }

  private static func role(_ identity: WhoAmI) -> [DoctorFinding] {
    guard !identity.roles.contains(Role.node.rawValue) else { return [] }
    return [
      DoctorFinding(
        .broken, "the coordinator knows this node as `\(identity.name)`, which may not act as a node",
        why: "it gets no slots, so what is staged waits for ever",
        remedy: "give `\(identity.name)` the role `node` in coordinator.yaml, or use a token of a node")
    ]
  }

  /// - Parameter time: what the coordinator's clock says; nil if it does not say.
  static func clock(_ time: Timestamp?, now: Timestamp = .now) -> [DoctorFinding] {
    guard let time else { return [] }
    let difference = now.duration(since: time)
    guard max(difference, .zero - difference) > largestDifference else { return [] }
    let seconds = abs(difference.components.seconds)
    return [
      DoctorFinding(
        .risk, "this node's clock is \(seconds) s \(difference > .zero ? "ahead of" : "behind") the coordinator's",
        why: "windows open at the wrong time, records of the two cannot be compared, and certificates may not hold",
        remedy: "see to the time service of both: `timedatectl timesync-status`")
    ]
  }

  // MARK: The way there

  /// How long reading the network may take.
  private static let readingLimit = Duration.seconds(5)

  static func way(to url: String) -> [DoctorFinding] {
    let way = CoordinatorWay(url)
    guard let reading = try? NetworkdReader().read(version: nil, by: .after(readingLimit)) else {
      return name(way, risk: nil)
    }
    let prediction = LossPredictor.predict(reading.snapshot, reading.restart)
    func risk(_ address: IPAddress) -> String? { prediction.lossOfRoute(to: address, in: reading.snapshot) }
    if let address = way.address, let why = risk(address) {
      return [
        DoctorFinding(
          .risk, "the route to the coordinator would go with a restart of systemd-networkd: \(why)",
          why: "when the gate is needed most, nobody can tell the coordinator, and silence is failure",
          remedy: "`apt-gate network predict --fix` keeps the route; or reach it over another one")
      ]
    }
    return name(way, risk: way.resolvers.lazy.compactMap(risk).first)
  }

  /// - Parameter risk: what would take away the route to whoever resolves names; nil if nothing does.
  static func name(_ way: CoordinatorWay, risk: String?) -> [DoctorFinding] {
    guard way.address == nil, way.isResolvedBySystemd || !way.resolvers.isEmpty else { return [] }
    let remedy =
      "name it by its IP address, with `trustedCertificates` to its authority; or give the name an entry in /etc/hosts"
    if let risk {
      return [
        DoctorFinding(
          .risk,
          "`\(way.host)` is resolved by a server whose route would go with a restart of systemd-networkd: \(risk)",
          why: "when the gate is needed most, the coordinator is not found", remedy: remedy)
      ]
    }
    if way.isResolvedBySystemd {
      return [
        DoctorFinding(
          .risk, "`\(way.host)` is resolved by systemd-resolved, which systemd's updates restart",
          why: "the gate would need what it keeps watch over", remedy: remedy)
      ]
    }
    return [
      DoctorFinding(
        .note, "`\(way.host)` is a name, and DNS may be what an update takes away",
        why: "a coordinator that is not found grants nothing and hears nothing", remedy: remedy)
    ]
  }
}
