import Glibc

/// The processes of systemd-networkd.
public enum NetworkdProcesses: Sendable, Hashable {
  /// Those in the control group of `systemd-networkd.service`.
  case unit
  /// These, for a networkd that no service manager runs.
  case processes(Set<Int32>)

  /// The processes now.
  func current() -> Set<Int32> {
    switch self {
    case .processes(let processes): processes.filter { kill($0, 0) == 0 || errno == EPERM }
    case .unit: Self.inUnit()
    }
  }

  /// The service manager holds the socket of `systemd-networkd.socket` and hands it on; it deletes nothing itself.
  var serviceManager: Int32? { self == .unit ? 1 : nil }

  private static func inUnit() -> Set<Int32> {
    for folder in unitFolders {
      guard let text = ProcessFile.text("\(folder)/cgroup.procs") else { continue }
      return Set(text.split(separator: "\n").compactMap { Int32($0) })
    }
    return []
  }

  /// Where the unit's control group may be: under that of the service manager, in the second version's tree, that tree
  /// beside the first version's, or the first version's.
  private static let unitFolders: [String] = {
    let lines = (ProcessFile.text("/proc/1/cgroup") ?? "").split(separator: "\n")
    return lines.flatMap { line -> [String] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, fields[1].isEmpty || fields[1] == "name=systemd" else { return [] }
      let root =
        fields[2].hasSuffix("/init.scope") ? String(fields[2].dropLast("/init.scope".count)) : String(fields[2])
      let trees = fields[1].isEmpty ? ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] : ["/sys/fs/cgroup/systemd"]
      return trees.map { "\($0)\(root == "/" ? "" : root)/system.slice/systemd-networkd.service" }
    }
  }()
}

/// Small files of /proc and /sys.
enum ProcessFile {
  static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return text(of: descriptor)
  }

  /// Everything from the start of an open file.
  static func text(of descriptor: Int32) -> String? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let length = pread(descriptor, &part, part.count, off_t(bytes.count))
      if length < 0, errno == EINTR { continue }
      guard length >= 0 else { return nil }
      if length == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += part[..<length]
    }
  }

  /// The inodes of the sockets that a process has open.
  static func sockets(of process: Int32) -> Set<UInt64> {
    guard let folder = opendir("/proc/\(process)/fd") else { return [] }
    defer { closedir(folder) }
    var sockets: Set<UInt64> = []
    while let entry = readdir(folder) {
      if let inode = socketInode(dirfd(folder), entry) { sockets.insert(inode) }
    }
    return sockets
  }

  /// The target of such a link is `socket:[INODE]`.
  private static func socketInode(_ folder: Int32, _ entry: UnsafeMutablePointer<dirent>) -> UInt64? {
    var target = [UInt8](repeating: 0, count: 64)
    let length = withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 256) { readlinkat(folder, $0, &target, target.count) }
    }
    guard length > 9, target.starts(with: Array("socket:[".utf8)) else { return nil }
    return UInt64(String(decoding: target[8..<(length - 1)], as: UTF8.self))
  }
}
