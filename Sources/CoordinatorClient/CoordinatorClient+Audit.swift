public import AuditReport
public import CoordinatorAPI
internal import FoundationEssentials

/// What auditors ask, and what nodes tell for them.
extension CoordinatorClient {
  /// Tells what the node's ledger comes to, with less of the past as long as it is too large. The same again does no harm.
  public func tell(_ history: NodeHistory, within deadline: Duration) async throws(CoordinatorClientError) {
    try await send(.put, "/v1/node/history", body: Self.fitting(history), within: deadline)
  }

  static func fitting(_ history: NodeHistory) -> NodeHistory {
    var history = history
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    while let size = try? encoder.encode(history).count, size > NodeHistory.largest, let less = history.halved() {
      history = less
    }
    return history
  }

  /// A page of what nodes told, a ``FleetHistoryPage``, for its nodes to be read one after the other.
  public func histories(
    after node: String?, within deadline: Duration
  ) async throws(CoordinatorClientError) -> FleetHistoryReader {
    let page = try await send(
      .get, "/v1/fleet/histories" + (node.map { "?after=\(Self.escaped($0))" } ?? ""), within: deadline)
    do {
      return try FleetHistoryReader(page)
    } catch {
      throw CoordinatorClientError(.unexpected, "what nodes told cannot be read: \(error)")
    }
  }

  /// What contradicts what was seen of a node's ledger.
  public func evidence(
    against node: String, within deadline: Duration
  ) async throws(CoordinatorClientError) -> LedgerEvidenceList {
    try await ask(.get, "/v1/nodes/\(Self.escaped(node))/ledger/evidence", within: deadline)
  }

  /// Says that a ledger is the node's. Not asked twice.
  public func accept(
    _ acceptance: LedgerAcceptance, of node: String, within deadline: Duration
  ) async throws(CoordinatorClientError) {
    try await send(
      .post, "/v1/nodes/\(Self.escaped(node))/ledger/acceptance", body: acceptance, within: deadline,
      repeating: .never)
  }

  /// A page of what people did, the newest first.
  public func deeds(
    before number: Int?, within deadline: Duration
  ) async throws(CoordinatorClientError) -> FleetDeedPage {
    try await ask(.get, "/v1/fleet/deeds?limit=900" + (number.map { "&before=\($0)" } ?? ""), within: deadline)
  }
}
