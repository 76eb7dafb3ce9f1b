internal import FleetStore
internal import FoundationEssentials

/// Records as they lie in the store: JSON with sorted keys, so that equal records have equal bytes.
enum RecordCoding {
  static func bytes(of record: some Encodable, at key: String) throws(FleetStoreError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(record))
    } catch {
      throw FleetStoreError(.invalid, "the record for `\(key)` cannot be written: \(error)")
    }
  }

  static func record<Record: Decodable>(
    _ type: Record.Type = Record.self, in value: StoredValue, at key: String
  ) throws(FleetStoreError) -> Record {
    do {
      return try JSONDecoder().decode(type, from: Data(value.bytes))
    } catch {
      throw FleetStoreError(.broken, "the record at `\(key)` cannot be read: \(error)")
    }
  }
}
