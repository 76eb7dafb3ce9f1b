internal import GateModel

/// A restart that was to settle owed ones has ended; it settles `settled`.
public struct RestartOutcome: Sendable, Hashable {
  public var transaction: String
  public var result: RunResult
  /// The units that are owed no restart any more.
  public var settled: [String]
  public var message: String?
  public var network: NetworkRecord?
  public var failedProbes: [String]

  public init(
    transaction: String, result: RunResult, settled: [String] = [], message: String? = nil,
    network: NetworkRecord? = nil, failedProbes: [String] = []
  ) {
    self.transaction = transaction
    self.result = result
    self.settled = settled
    self.message = message
    self.network = network
    self.failedProbes = failedProbes
  }
}

extension RestartOutcome: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .string(transaction)), ("result", .string(result.rawValue)), ("settled", .strings(settled)),
      ("message", .text(message)), ("network", network?.json), ("failedProbes", .strings(failedProbes))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.text("transaction"), result: try reader.choice("result"),
      settled: try reader.texts("settled"), message: try reader.optionalText("message"),
      network: try reader.optionalObject("network", NetworkRecord.init), failedProbes: try reader.texts("failedProbes"))
  }
}
