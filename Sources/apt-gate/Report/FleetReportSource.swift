import AuditReport
import CoordinatorAPI
import CoordinatorClient
import GateModel

/// Where a fleet's report comes from: its coordinator, page by page.
struct FleetReportSource {
  /// For all pages of a large fleet.
  static let patience = Duration.seconds(300)
  /// More deeds than this of one period are not asked for: the oldest are left out.
  private static let mostDeeds = 50_000

  let address: CoordinatorAddress

  func report(on period: ReportPeriod) throws -> FleetReport {
    try FleetQuestion.ask(address, within: Self.patience) { client in
      var builder = FleetReportBuilder(period: period)
      let end = ContinuousClock.now + Self.patience
      var page = try await client.histories(after: nil, within: end - .now)
      while let next = page.next {
        // The next page comes in while this one is counted.
        async let following = client.histories(after: next, within: end - .now)
        try Self.count(&page, in: &builder)
        page = try await following
      }
      try Self.count(&page, in: &builder)
      for deed in try await Self.deeds(client, since: period.since, until: end) { builder.add(deed) }
      return builder.finished()
    }
  }

  private static func count(_ page: inout FleetHistoryReader, in builder: inout FleetReportBuilder) throws {
    do {
      while let node = try page.node() { builder.add(node) }
    } catch {
      throw CoordinatorClientError(.unexpected, "what nodes told cannot be read: \(error)")
    }
  }

  private static func deeds(
    _ client: CoordinatorClient, since: Timestamp?, until end: ContinuousClock.Instant
  ) async throws -> [FleetDeed] {
    var deeds: [FleetDeed] = []
    var before: Int?
    repeat {
      let page = try await client.deeds(before: before, within: end - .now)
      deeds += page.deeds
      let isOlder = page.deeds.last.map { deed in deed.isIntact && since.map { deed.time < $0 } ?? false } ?? true
      before = isOlder ? nil : page.next
    } while before != nil && deeds.count < mostDeeds
    return deeds
  }
}
