/// The records of a pax extended header: `LENGTH KEY=VALUE\n`, again and again. Source: POSIX.1-2024 `pax`, "pax Extended Header".
struct PaxRecords {
  /// `path`, as it stands; nil if there is none.
  private(set) var path: [UInt8]?
  private(set) var linkPath: [UInt8]?
  private(set) var size: UInt64?

  init() {}

  /// nil if a length lies or a size is no number.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let record = Self.takeRecord(from: &rest), let equals = record.firstIndex(of: UInt8(ascii: "=")) else {
        return nil
      }
      let value = Array(record[record.index(after: equals)...])
      switch String(decoding: record[..<equals], as: UTF8.self) {
      case "path": path = value
      case "linkpath": linkPath = value
      case "size":
        guard let number = UInt64(String(decoding: value, as: UTF8.self)), number < 1 << 62 else { return nil }
        size = number
      default: break
      }
    }
  }

  /// `KEY=VALUE` of the first record, which is taken off `rest`.
  private static func takeRecord(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let space = rest.prefix(20).firstIndex(of: 0x20),
      let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
      length > space - rest.startIndex + 1, length <= rest.count
    else { return nil }
    let end = rest.startIndex + length
    guard rest[end - 1] == 0x0A else { return nil }
    defer { rest = rest[end...] }
    return rest[(space + 1)..<(end - 1)]
  }

  /// These records where they say something, else `older`.
  func over(_ older: PaxRecords) -> PaxRecords {
    var result = older
    if let path { result.path = path }
    if let linkPath { result.linkPath = linkPath }
    if let size { result.size = size }
    return result
  }

  mutating func setPath(_ name: [UInt8]) { path = name }
  mutating func setLinkPath(_ name: [UInt8]) { linkPath = name }
}
