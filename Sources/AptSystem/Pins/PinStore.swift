internal import Glibc

/// The file of pins on this node.
public struct PinStore {
  private let collector: AptCollector
  /// The folder of apt's preferences.
  public let folder: String

  /// Throws ``AptSystemError/Code/pinsFailed`` if apt's configuration reads no folder of preferences.
  public init(collector: AptCollector) throws {
    guard let folder = try collector.nodePaths().preferencesParts else {
      throw AptSystemError(
        code: .pinsFailed, message: "apt is told to read no folder of preferences, so nothing can be held",
        advice: "see `apt-config dump Dir::Etc::PreferencesParts`")
    }
    self.collector = collector
    self.folder = folder
  }

  /// Where the file is.
  public var path: String { "\(folder)/\(PinFile.name)" }

  /// Hidden, so that apt passes it over without a word; `.dpkg-new` is silent in every version of apt besides.
  private var newPath: String { "\(folder)/.\(PinFile.name).dpkg-new" }

  /// More is no file of apt-gate's.
  private static let limit = 16 << 20

  /// What is held now, as the file says; nothing if there is none.
  ///
  /// Throws ``AptSystemError/Code/pinsFailed`` if there is one that cannot be read.
  public func read() throws -> PinFile { try Self.read(path) }

  /// What the file of pins at `path` holds: see ``read()``.
  public static func read(_ path: String) throws -> PinFile {
    guard access(path, F_OK) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .empty }
      throw failed("cannot read", path)
    }
    guard let bytes = RegularFile.contents(of: path, limit: limit) else { throw failed("cannot read", path) }
    return PinFile(parsing: String(decoding: bytes, as: UTF8.self))
  }

  /// Makes `file` the pins of this node: tried by libapt first, then put in place at once, or not at all.
  ///
  /// Nothing is written where the file is as it should be already; without holds there is no file. Returns whether
  /// anything was written. On an error the pins before are still in force.
  @discardableResult
  public func enact(_ file: PinFile) throws -> Bool {
    if file.holds.isEmpty { return try remove() }
    if isThere(file.text) { return false }
    guard DurableWrite.create(newPath, file.text) else {
      defer { unlink(newPath) }
      throw Self.failed("cannot write", newPath)
    }
    defer { unlink(newPath) }
    try collector.tryPins(file.pins, at: newPath)
    guard rename(newPath, path) == 0, DurableWrite.settle(folder) else { throw Self.failed("cannot write", path) }
    return true
  }

  private func isThere(_ text: String) -> Bool {
    RegularFile.contents(of: path, limit: Self.limit).map { $0.elementsEqual(text.utf8) } ?? false
  }

  private func remove() throws -> Bool {
    guard unlink(path) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return false }
      throw Self.failed("cannot remove", path)
    }
    guard DurableWrite.settle(folder) else { throw Self.failed("cannot remove", path) }
    return true
  }

  private static func failed(_ what: String, _ path: String) -> AptSystemError {
    let problem = DurableWrite.problem
    return AptSystemError(
      code: .pinsFailed, message: "\(what) `\(path)`: \(problem)", advice: "apt-gate must run as root to hold updates")
  }
}
