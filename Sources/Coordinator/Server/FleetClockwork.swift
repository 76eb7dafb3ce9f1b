internal import GateModel
internal import Logging
internal import ServiceLifecycle

/// Does what time does: notes silence, opens and passes rings, counts the fleet. Several coordinators may do so at once.
struct FleetClockwork: Service {
  private static let pause = Duration.seconds(10)
  /// Every how many sweeps the nodes are counted: reading all of them costs more.
  private static let surveyEvery = 6

  let fleet: FleetService
  let logger: Logger
  let clock: @Sendable () -> Timestamp

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var turn = 0
      while !Task.isCancelled {
        do {
          if turn % Self.surveyEvery == 0 { _ = try await fleet.survey(at: clock()) }
          try await fleet.sweep(at: clock())
        } catch {
          logger.warning("the rollouts could not be looked at", metadata: ["error": "\(error)"])
        }
        turn += 1
        // Coordinators that were started together do not stay in step.
        let jitter = Duration.milliseconds(Int.random(in: 0..<2000))
        try? await Task.sleep(for: Self.pause + jitter)
      }
    }
  }
}

extension FleetClockwork: CustomStringConvertible {
  /// As the log names it.
  var description: String { "clockwork" }
}
