internal import GateModel

/// A newer version that apt itself does not install now, and why.
public struct KeptBackRecord: Sendable, Hashable {
  public var source: String
  public var from: String
  public var to: String
  public var reason: Reason
  /// Of a phased update: the part of the machines that it is offered to, 0 to 100.
  public var percentage: Int?

  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// A person put it on hold in dpkg.
    case held
    /// The archive offers it to other machines first.
    case phased
    /// Installing it would break something.
    case dependencies
    case unknown
  }

  public init(source: String, from: String, to: String, reason: Reason, percentage: Int? = nil) {
    self.source = source
    self.from = from
    self.to = to
    self.reason = reason
    self.percentage = percentage
  }

  /// How many an entry lists.
  public static let most = 100
}

extension KeptBackRecord {
  var json: JSONValue {
    BodyWriter(
      ("source", .string(source)), ("from", .string(from)), ("to", .string(to)), ("reason", .string(reason.rawValue)),
      ("percentage", .count(percentage))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      source: try reader.text("source"), from: try reader.text("from"), to: try reader.text("to"),
      reason: try reader.choice("reason"), percentage: try reader.optionalNumber("percentage"))
  }
}
