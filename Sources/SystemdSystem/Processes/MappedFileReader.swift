public import GateModel
import Glibc

/// Reads from `/proc` which processes map which files as code.
///
/// Source: proc(5), `/proc/PID/maps`, `/proc/PID/cgroup`. A process that ends meanwhile is left out.
public struct MappedFileReader: Sendable {
  private let proc: String

  public init(proc: String = "/proc") { self.proc = proc }

  /// Files that another root than this one has, as those of containers, are left out: no update of this node's
  /// packages replaces them.
  public func mappedFiles() -> MappedFiles {
    var result = MappedFiles()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var known = HostFiles(comparesInodes: inodesCompare(&buffer))
    for pid in FolderNames.names(in: proc).compactMap({ Int32($0) }).sorted() {
      guard let size = read("\(proc)/\(pid)/maps", into: &buffer) else {
        // A process that is gone has nothing mapped; a kernel thread maps nothing and can be read.
        if errno == EACCES || errno == EPERM { result.unreadable += 1 }
        continue
      }
      let files = MappingLines.files(in: buffer[..<size], known: &known)
      if !files.isEmpty { add(files, of: pid, known, to: &result) }
    }
    return result
  }

  /// Whether the kernel's inodes of mapped files are those of the files: not so on some overlays.
  private func inodesCompare(_ buffer: inout [UInt8]) -> Bool {
    var own = HostFiles(comparesInodes: true)
    guard let size = read("\(proc)/self/maps", into: &buffer) else { return false }
    return !MappingLines.files(in: buffer[..<size], known: &own).isEmpty
  }

  private func add(_ files: Set<Int>, of pid: Int32, _ known: HostFiles, to result: inout MappedFiles) {
    let process = MappedFiles.Process(pid: pid, unit: unit(of: pid), executable: executable(of: pid))
    for file in files {
      guard let path = known.path(of: file) else { continue }
      result.processes[path, default: []].append(process)
      if known.isDeleted(file) { result.deleted.insert(path) }
    }
  }

  private func unit(of pid: Int32) -> String? {
    SmallFile.contents(of: "\(proc)/\(pid)/cgroup", limit: 1 << 16)
      .flatMap { ControlGroup.unit(in: String(decoding: $0, as: UTF8.self)) }
  }

  private func executable(of pid: Int32) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("\(proc)/\(pid)/exe", &target, target.count)
    guard count > 0 else { return nil }
    let path = target[..<count].map { UInt8(bitPattern: $0) }[...]
    return String(decoding: MappingLines.withoutMark(path) ?? path, as: UTF8.self)
  }

  /// The whole file into `buffer`, which grows as need be; nil, with `errno`, if it cannot be read.
  private func read(_ path: String, into buffer: inout [UInt8]) -> Int? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var size = 0
    while true {
      if size == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
      let count = buffer.withUnsafeMutableBytes { all in
        let room = UnsafeMutableRawBufferPointer(rebasing: all[size...])
        guard let start = room.baseAddress else { return 0 }
        return Glibc.read(descriptor, start, room.count)
      }
      if count == 0 { return size }
      if count > 0 { size += count } else if errno != EINTR { return nil }
    }
  }
}
