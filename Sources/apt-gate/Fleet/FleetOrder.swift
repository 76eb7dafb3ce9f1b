import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateModel
import Rollout

/// What every order to a rollout has.
struct FleetOrder: ParsableArguments {
  @Argument(help: "The rollout, as `SOURCE=VERSION`.") var rollout: String
  @Option(help: ArgumentHelp("Why; it is kept with your name.", valueName: "text")) var reason: String
  @OptionGroup var fleet: FleetOptions

  /// Throws if the coordinator refuses, or does not answer.
  func carryOut(_ order: CoordinatorClient.Order, ring: String? = nil, node: String? = nil) throws {
    let id = try RolloutID(argument: rollout)
    let request = OrderRequest(reason: reason, ring: ring, node: node)
    do {
      try fleet.ask { try await $0.order(order, id, request, within: FleetOptions.patience) }
    } catch let error as CoordinatorClientError where error.code == .unreachable {
      throw CommandFailure(
        message: "\(error)", hint: "`apt-gate fleet show \(id)` says whether the order was carried out all the same")
    }
    try StandardStream.output.write("\(order.rawValue): \(DisplayText.line(id.description))\n")
  }
}

extension RolloutID {
  /// Throws a usage error if `text` is none.
  init(argument text: String) throws {
    guard let id = RolloutID(text) else {
      throw ValidationError("`\(text)` is no rollout; write `SOURCE=VERSION`, such as `systemd=252.39-1~deb12u1`")
    }
    self = id
  }
}
