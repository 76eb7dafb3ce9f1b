internal import FleetStore
internal import FoundationEssentials
internal import Synchronization

/// Records that pages read again and again, decoded once for each version of them: of a hundred rollouts few have changed
/// since somebody looked last.
final class DecodedRecords<Record: Decodable & Sendable>: Sendable {
  /// More than this and all are forgotten: none is needed.
  private static var most: Int { 4096 }

  private let known = Mutex<[String: (version: UInt64, record: Record)]>([:])

  /// The record that `value` is; throws if it is none.
  func record(_ value: StoredValue, at key: String) throws -> Record {
    if let found = known.withLock({ $0[key] }), found.version == value.version { return found.record }
    let record = try JSONDecoder().decode(Record.self, from: Data(value.bytes))
    known.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[key] = (value.version, record)
    }
    return record
  }
}
