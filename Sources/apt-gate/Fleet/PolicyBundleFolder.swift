import CoordinatorAPI
import Glibc

/// The folder that the fleet's policies are in: one folder for each version, and `current`, which leads to the one in force.
struct PolicyBundleFolder {
  let path: String

  /// The link that is among the node's folders of policies.
  var current: String { "\(path)/current" }

  private static let draftPrefix = ".new-"

  /// The version in force; nil if there is none.
  var version: Int? {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = readlink(current, &bytes, bytes.count - 1)
    guard count > 1 else { return nil }
    let name = String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let version = Int(name.dropFirst()), access("\(path)/\(name)", F_OK) == 0 else { return nil }
    return version
  }

  /// Writes the files where nobody reads them yet; gives the folder. What is left of earlier attempts goes.
  func draft(_ bundle: PolicyBundle) throws -> String {
    try makeFolder(path)
    for name in TextFile.names(in: path) where name.hasPrefix(Self.draftPrefix) { remove("\(path)/\(name)") }
    let draft = "\(path)/\(Self.draftPrefix)\(getpid())"
    do {
      try makeFolder(draft)
      for file in bundle.files {
        // `NAME/FILE`, as the bundle's own check has seen to.
        try makeFolder("\(draft)/\(file.path.prefix { $0 != "/" })")
        try write(file.text, to: "\(draft)/\(file.path)")
      }
      for name in Set(bundle.files.map { String($0.path.prefix { $0 != "/" }) }) { try sync("\(draft)/\(name)") }
      try sync(draft)
      return draft
    } catch {
      remove(draft)
      throw error
    }
  }

  func discard(_ draft: String) { remove(draft) }

  /// Puts a draft in the place of its version; nothing leads to it yet.
  func keep(_ draft: String, as version: Int) throws {
    let place = "\(path)/\(name(version))"
    if self.version != version { remove(place) }
    guard rename(draft, place) == 0 else { throw failure("keep", place) }
    try sync(path)
  }

  /// Puts a version into force, at once; the others go.
  func enact(_ version: Int) throws {
    let draft = "\(path)/.current"
    unlink(draft)
    guard symlink(name(version), draft) == 0, rename(draft, current) == 0 else { throw failure("make", current) }
    try sync(path)
    for other in TextFile.names(in: path) where other.first == "v" && other != name(version) {
      remove("\(path)/\(other)")
    }
  }

  private func name(_ version: Int) -> String { "v\(version)" }

  private func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) != 0 else { return }
    guard errno == EEXIST else { throw failure("make", path) }
  }

  private func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("write", path) }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw failure("write", path) }
      rest = rest.dropFirst(max(0, count))
    }
    // The service that fetches has a umask of its own, and everybody may read policies.
    guard fchmod(file, 0o644) == 0, fsync(file) == 0 else { throw failure("write", path) }
  }

  private func sync(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", folder) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o755) == 0, fsync(descriptor) == 0 else { throw failure("write", folder) }
  }

  /// A folder with folders of files in it, and nothing deeper.
  private func remove(_ folder: String) {
    for name in TextFile.names(in: folder) where name != "." && name != ".." {
      let inner = "\(folder)/\(name)"
      for file in TextFile.names(in: inner) where file != "." && file != ".." { unlink("\(inner)/\(file)") }
      if rmdir(inner) != 0 { unlink(inner) }
    }
    rmdir(folder)
  }

  private func failure(_ what: String, _ path: String) -> CommandFailure {
    CommandFailure(
      message: "cannot \(what) `\(path)`: \(SystemError.text(SystemError.last))",
      hint: "the policies in force are those before; run it as root, and see that there is room")
  }
}
