import Glibc
import PackageAnalysis
import Synchronization

/// What was read of .debs, kept by size and SHA-256 of the .deb: `extracts` below the state folder. `sync` fills it, so that
/// the hook, for whom apt waits, need not decompress again what is still the same file. See docs/decisions/0017.
///
/// Nothing depends on it. What is not whole, is not this user's alone or was written by another build of apt-gate counts as
/// absent.
final class ExtractStore: Sendable {
  private let path: String
  private let isWritable: Bool
  /// The sizes of the .debs of which there are extracts; nil where everything is of use, to be kept.
  private let sizes: Set<Int>?
  private let used = Mutex<Set<String>>([])

  /// Of one .deb; those of kernels have 2 MB.
  private static let limit = 64 << 20

  /// - Parameter isWritable: whether what is read is kept.
  init(state: String, isWritable: Bool) {
    path = state + "/extracts"
    self.isWritable = isWritable && Self.isOwn(state)
    if self.isWritable { mkdir(path, 0o700) }
    let names = Self.isOwn(path) ? TextFile.names(in: path) : []
    sizes = self.isWritable ? nil : Set(names.compactMap { $0.split(separator: "-").first.flatMap { Int($0) } })
  }

  /// Whether it is worth to find out the SHA-256 of a .deb of that size.
  func isOfUse(size: Int) -> Bool { sizes?.contains(size) ?? true }

  /// The name of what is kept of a .deb.
  static func name(size: Int, fingerprint: ArchiveFingerprint) -> String { "\(size)-\(fingerprint.text)" }

  /// What is kept under `name`; nil if nothing is.
  func extract(_ name: String) -> [UInt8]? {
    used.withLock { _ = $0.insert(name) }
    guard Self.isOwn(path), let bytes = TextFile.bytes(of: "\(path)/\(name)", limit: Self.limit),
      bytes.count <= Self.limit
    else { return nil }
    let extract = Array(bytes.dropFirst(Self.sealLength))
    return bytes.prefix(Self.sealLength).elementsEqual(Self.seal(extract).utf8) ? extract : nil
  }

  /// Keeps `extract`, in whole or not at all.
  func keep(_ extract: [UInt8], as name: String) {
    guard isWritable, Self.isOwn(path), extract.count + Self.sealLength <= Self.limit else { return }
    let draft = "\(path)/.draft"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(Self.seal(extract).utf8) + extract
    // What a power loss takes does not match its seal.
    if write(descriptor, bytes, bytes.count) != bytes.count || rename(draft, "\(path)/\(name)") != 0 { unlink(draft) }
  }

  /// Removes what nobody has asked for: it is of .debs that are no longer pending.
  func removeUnused() {
    guard isWritable, Self.isOwn(path) else { return }
    let used = used.withLock { $0 }
    for name in TextFile.names(in: path) where ![".", ".."].contains(name) && !used.contains(name) {
      unlink("\(path)/\(name)")
    }
  }

  private static let sealLength = 64

  /// Binds an extract to what it says, and to the program that made it: another build may look for other things.
  private static func seal(_ extract: [UInt8]) -> String {
    var fingerprint = ArchiveFingerprint()
    fingerprint.update(Array(build.utf8))
    fingerprint.update(extract)
    return fingerprint.text
  }

  private static let build: String = {
    var program = stat()
    guard stat("/proc/self/exe", &program) == 0 else { return AptGate.version }
    return "\(AptGate.version) \(program.st_size) \(program.st_mtim.tv_sec)"
  }()

  /// Whether `folder` is one that nobody else can write.
  private static func isOwn(_ folder: String) -> Bool {
    var status = stat()
    return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
      && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }
}
