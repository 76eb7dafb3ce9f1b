/// Names of vulnerabilities in a text. Source: CVE's syntax since 2014: `CVE-`, four digits of a year, and at least four more.
enum CVEName {
  /// Beyond this it is no number that was ever given.
  private static let mostDigits = 10

  /// Every name in `line`, in upper case.
  static func names(in line: ArraySlice<UInt8>) -> Set<String> {
    var names: Set<String> = []
    var position = line.startIndex
    while let found = line[position...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "c") }) {
      position = found + 1
      if found > line.startIndex, isWordCharacter(line[found - 1]) { continue }
      guard let name = name(line[found...]) else { continue }
      names.insert(name)
      position = found + name.utf8.count
    }
    return names
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    let prefix = bytes.prefix(4).map { $0 >= 0x61 ? $0 & 0xDF : $0 }
    guard prefix.elementsEqual("CVE-".utf8) else { return nil }
    let year = bytes.dropFirst(4).prefix(while: isDigit)
    guard year.count == 4, bytes.dropFirst(8).first == UInt8(ascii: "-") else { return nil }
    let number = bytes.dropFirst(9).prefix(while: isDigit)
    let next = bytes.dropFirst(9 + number.count).first
    guard (4...mostDigits).contains(number.count), !(next.map(isLetter) ?? false) else { return nil }
    return "CVE-\(String(decoding: year, as: UTF8.self))-\(String(decoding: number, as: UTF8.self))"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isWordCharacter(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
}
