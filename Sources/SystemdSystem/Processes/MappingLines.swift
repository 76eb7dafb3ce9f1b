/// The lines of `/proc/PID/maps`. Source: proc(5):
/// `ADDRESSES PERMISSIONS OFFSET DEVICE INODE   PATH`, where the path may end with ` (deleted)`.
enum MappingLines {
  private static let mark = Array(" (deleted)".utf8)

  /// The numbers, in `known`, of the files that are mapped as code.
  static func files(in bytes: ArraySlice<UInt8>, known: inout HostFiles) -> Set<Int> {
    var files: Set<Int> = []
    bytes.withUnsafeBytes { bytes in
      var start = 0
      // The parts of one file follow each other.
      var last: HostFiles.Key?
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        if let line = Line(bytes, start..<end), line.key != last {
          last = line.key
          if let file = known.number(of: line.key, path: UnsafeRawBufferPointer(rebasing: bytes[line.path])) {
            files.insert(file)
          }
        }
        start = end + 1
      }
    }
    return files
  }

  /// The path without the mark of a deleted file; nil if it has none.
  static func withoutMark(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    path.suffix(mark.count).elementsEqual(mark) ? path.dropLast(mark.count) : nil
  }

  /// One line that maps a file as code.
  private struct Line {
    var key: HostFiles.Key
    var path: Range<Int>

    init?(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
      var position = range.lowerBound
      func skipField() {
        while position < range.upperBound, bytes[position] != 0x20 { position += 1 }
        while position < range.upperBound, bytes[position] == 0x20 { position += 1 }
      }
      skipField()
      guard position + 2 < range.upperBound, bytes[position + 2] == UInt8(ascii: "x") else { return nil }
      skipField()
      skipField()
      let device = position
      skipField()
      let inode = position
      skipField()
      guard position < range.upperBound, bytes[position] == UInt8(ascii: "/") else { return nil }
      key = HostFiles.Key(device: Self.number(bytes, device), inode: Self.number(bytes, inode))
      path = position..<range.upperBound
    }

    /// What stands up to the blank, as a number: decimal for the inode; the device's `major:minor` need only differ.
    private static func number(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
      var number: UInt64 = 0
      var position = start
      while position < bytes.count, bytes[position] != 0x20 {
        number = number &* 10 &+ UInt64(bytes[position] &- 0x30)
        position += 1
      }
      return number
    }
  }
}
