/// Writes .debs byte by byte, also broken ones: no tool would make them.
struct DebWriter {
  struct Item {
    var name: String
    var data: [UInt8] = []
    var type: UInt8 = UInt8(ascii: "0")
    var linkName = ""
    /// What the header claims instead of the size of `data`.
    var sizeField: String?
    var mode = "0000644"
  }

  var control: [Item] = [Item(name: "./control", data: Array(Self.plainControl.utf8))]
  var data: [Item] = []
  var format = "2.0\n"

  static let plainControl = """
    Package: hello
    Version: 1.0-1
    Architecture: amd64
    Maintainer: A Person <person@example.org>
    Description: says hello

    """

  func bytes() -> [UInt8] {
    Self.ar([
      ("debian-binary", Array(format.utf8)), ("control.tar", Self.tar(control)), ("data.tar", Self.tar(data)),
    ])
  }

  static func ar(_ members: [(name: String, data: [UInt8])]) -> [UInt8] {
    var result = Array("!<arch>\n".utf8)
    for member in members {
      result += header(member.name, size: String(member.data.count)) + member.data
      if member.data.count % 2 == 1 { result.append(0x0A) }
    }
    return result
  }

  static func header(_ name: String, size: String) -> [UInt8] {
    padded(name, 16) + padded("0", 12) + padded("0", 6) + padded("0", 6) + padded("100644", 8) + padded(size, 10)
      + [0x60, 0x0A]
  }

  static func tar(_ items: [Item], end: Bool = true) -> [UInt8] {
    let body = items.flatMap(entry)
    return end ? body + [UInt8](repeating: 0, count: 1024) : body
  }

  static func entry(_ item: Item) -> [UInt8] {
    let octal = String(item.data.count, radix: 8)
    let size = item.sizeField ?? String(repeating: "0", count: max(0, 11 - octal.count)) + octal
    var block = [UInt8](repeating: 0, count: 512)
    place(Array(item.name.utf8), at: 0, of: 100, in: &block)
    place(Array(item.mode.utf8), at: 100, of: 8, in: &block)
    place(Array(size.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }), at: 124, of: 12, in: &block)
    block[156] = item.type
    place(Array(item.linkName.utf8), at: 157, of: 100, in: &block)
    place(Array("ustar\0".utf8) + Array("00".utf8), at: 257, of: 8, in: &block)
    place(Array(repeating: 0x20, count: 8), at: 148, of: 8, in: &block)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    place(Array((String(repeating: "0", count: 6 - sum.count) + sum).utf8) + [0, 0x20], at: 148, of: 8, in: &block)
    let padding = (512 - item.data.count % 512) % 512
    return block + item.data + [UInt8](repeating: 0, count: padding)
  }

  private static func place(_ bytes: [UInt8], at offset: Int, of width: Int, in block: inout [UInt8]) {
    for (index, byte) in bytes.prefix(width).enumerated() { block[offset + index] = byte }
  }

  private static func padded(_ text: String, _ width: Int) -> [UInt8] {
    Array(text.utf8.prefix(width)) + [UInt8](repeating: 0x20, count: max(0, width - text.utf8.count))
  }
}
