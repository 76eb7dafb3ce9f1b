import CoordinatorAPI
import CoordinatorClient
import GateModel
import Rollout

@testable import apt_gate

/// What `fleet check-in` and `fleet unlock` have to tell.
enum SampleSlot {
  private static let start = Timestamp(secondsSinceEpoch: 1_795_000_000)

  static let failed = NodeLock(.failed, since: start, boot: "b", reason: "1 object of the network is lost")

  static let kept = FleetCheckInDocument(server: .fleetLock(failed, gaveBack: false))
  static let givenBack = FleetCheckInDocument(server: .fleetLock(nil, gaveBack: true))

  static let checkIn = FleetCheckInDocument(
    server: .coordinator(
      CheckInAnswer(
        phases: [], active: [RolloutID("systemd=252.39-1")].compactMap { $0 }, policyBundle: 4,
        ledger: LedgerAnswer(.contradicted, size: 7, reason: "two histories of 7 entries"))))
  static let unseen = FleetCheckInDocument(server: .coordinator(CheckInAnswer(phases: [], active: [])))
}
