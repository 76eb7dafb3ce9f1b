import CoordinatorAPI
import CoordinatorClient
import Foundation
import GateModel
import Rollout

/// A node: asks any coordinator for slots, works, reports, soaks, and goes on to the next version.
struct StormNode: Sendable {
  /// For one question to one coordinator.
  private static let patience = Duration.seconds(4)
  /// Before dpkg a node waits no longer than this (`GrantedDecider.patience`).
  private static let confirmPatience = Duration.milliseconds(1500)

  let node: FleetNode
  let clients: [CoordinatorClient]
  let log: StormLog

  func close() async {
    for client in clients { await client.close() }
  }

  /// The first check-in, before any version comes.
  func introduce() async throws { _ = try await checkIn([]) }

  /// Every version that is offered, in order.
  func run() async throws {
    var number = 1
    while let id = try await log.offer(number) {
      try await update(id)
      await log.finished(number)
      number += 1
    }
  }

  private func update(_ id: RolloutID) async throws {
    let artifact = Artifact(
      name: id.source, architecture: "amd64", version: id.version.text, sha256: String(repeating: "a", count: 64))
    while true {
      let reply = try await ask { try await $0.claim(ClaimRequest(rollout: id, artifacts: [artifact]), within: $1) }
      switch reply.answer {
      case .grant:
        guard let grant = reply.grant else { throw StormFailure("a grant without a grant") }
        await log.granted(grant)
        if try await confirmed(grant) {
          try await work(id, grant)
          return try await soak(id)
        }
        try await report(grant, .returned, "no answer right before dpkg")
      case .underway:
        // The answer to the last confirmation was lost, and so was the word that dpkg did not run.
        guard let grant = reply.grant else { throw StormFailure("a grant without a grant") }
        try await report(grant, .returned, "dpkg did not run")
      case .wait: try await pause()
      case .settled, .refuse: throw StormFailure("\(node.name) was told \(reply.answer): \(reply.reasons)")
      }
    }
  }

  /// Right before dpkg: one question, and no answer is a no.
  private func confirmed(_ grant: Grant) async throws -> Bool {
    let client = clients[Int.random(in: clients.indices)]
    let request = ConfirmRequest(rollout: grant.rollout, token: grant.token)
    guard let reply = try? await client.confirm(request, within: Self.confirmPatience) else {
      await log.unanswered()
      return false
    }
    return reply.answer == .go
  }

  private func work(_ id: RolloutID, _ grant: Grant) async throws {
    await log.began(node)
    try await Task.sleep(for: .milliseconds(Int.random(in: 200...600)))
    await log.ended(node, id)
    try await report(grant, .healthy, nil)
  }

  private func report(_ grant: Grant, _ outcome: ReportRequest.Outcome, _ reason: String?) async throws {
    let request = ReportRequest(rollout: grant.rollout, token: grant.token, outcome: outcome, reason: reason)
    _ = try await ask { try await $0.report(request, within: $1) }
    await log.progressed()
  }

  /// Checks in until the coordinator says that it has soaked.
  private func soak(_ id: RolloutID) async throws {
    while true {
      try await pause()
      let seconds = await log.wellFor(node.name, id)
      let word = RolloutWord(rollout: id, state: .healthy, healthySeconds: seconds)
      if try await checkIn([word]).phases.contains(where: { $0.rollout == id && $0.phase == .soaked }) { return }
    }
  }

  private func checkIn(_ words: [RolloutWord]) async throws -> CheckInAnswer {
    let request = CheckInRequest(labels: node.labels, rollouts: words)
    return try await ask { try await $0.checkIn(request, within: $1) }
  }

  private func pause() async throws { try await Task.sleep(for: .milliseconds(Int.random(in: 2000...4000))) }

  /// One coordinator after the other until one answers.
  private func ask<Answer: Sendable>(
    _ question: @Sendable (CoordinatorClient, Duration) async throws -> Answer
  ) async throws -> Answer {
    var number = Int.random(in: clients.indices)
    while true {
      do {
        return try await question(clients[number], Self.patience)
      } catch let error as CoordinatorClientError {
        guard Self.isSilence(error) else { throw StormFailure("\(node.name) was refused: \(error)") }
        await log.unanswered()
        number = (number + 1) % clients.count
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private static func isSilence(_ error: CoordinatorClientError) -> Bool {
    switch error.code {
    case .unreachable: true
    case .refused(let status, _): status >= 500 || status == 429
    case .configuration, .unexpected: false
    }
  }
}
