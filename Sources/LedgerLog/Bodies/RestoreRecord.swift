internal import GateModel

/// Lost network state was put back, or could not be.
public struct RestoreRecord: Sendable, Hashable {
  /// The transaction or restart during which it was lost, if one ran.
  public var transaction: String?
  public var cause: Cause
  public var network: NetworkRecord
  /// What the kernel refused.
  public var problems: [String]

  /// Who put it back.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// The guard, while dpkg ran.
    case `guard`
    /// The check afterwards.
    case postCheck = "post-check"
    /// A person.
    case command
    /// The sweep of leftovers.
    case sweep
  }

  public init(transaction: String? = nil, cause: Cause, network: NetworkRecord, problems: [String] = []) {
    self.transaction = transaction
    self.cause = cause
    self.network = network
    self.problems = problems
  }
}

extension RestoreRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .text(transaction)), ("cause", .string(cause.rawValue)), ("network", network.json),
      ("problems", .strings(problems))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.optionalText("transaction"), cause: try reader.choice("cause"),
      network: try reader.object("network", NetworkRecord.init), problems: try reader.texts("problems"))
  }
}
