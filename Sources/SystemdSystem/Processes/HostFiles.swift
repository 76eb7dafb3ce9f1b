import Glibc

/// The files that processes map, each once, and whether they are this root's.
struct HostFiles {
  struct Key: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  private struct File {
    var path: String
    var isDeleted: Bool
  }

  private let comparesInodes: Bool
  private var numbers: [Key: Int?] = [:]
  private var files: [File] = []

  init(comparesInodes: Bool) { self.comparesInodes = comparesInodes }

  func path(of number: Int) -> String? { files.indices.contains(number) ? files[number].path : nil }
  func isDeleted(_ number: Int) -> Bool { files.indices.contains(number) && files[number].isDeleted }

  /// The number of a mapped file; nil for one that another root has.
  mutating func number(of key: Key, path: UnsafeRawBufferPointer) -> Int? {
    if let known = numbers[key] { return known }
    let number = add(ArraySlice(path), inode: key.inode)
    numbers[key] = .some(number)
    return number
  }

  /// Of a deleted file nobody can tell whose it was: it counts.
  private mutating func add(_ path: ArraySlice<UInt8>, inode: UInt64) -> Int? {
    let unmarked = MappingLines.withoutMark(path)
    let text = String(decoding: unmarked ?? path, as: UTF8.self)
    guard unmarked != nil || isHere(text, inode) else { return nil }
    files.append(File(path: text, isDeleted: unmarked != nil))
    return files.count - 1
  }

  private func isHere(_ path: String, _ inode: UInt64) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return !comparesInodes || status.st_ino == inode
  }
}
