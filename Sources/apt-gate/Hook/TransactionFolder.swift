import GateEngine
import GateModel
import Glibc

/// The records of the transactions that are under way, below `/run`: they end with the boot.
struct TransactionFolder: Sendable {
  let path: String

  /// Longer files are not ours.
  private static let limit = 1 << 20

  /// Writes a record, in full or not at all.
  func write(_ record: TransactionRecord) throws {
    try write(Array(record.text.utf8), to: file(record.id))
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try makeFolder()
    let draft = "\(path)/.draft-\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("write", draft) }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, rename(draft, name) == 0 else {
      let error = failure("write", name)
      unlink(draft)
      throw error
    }
  }

  /// The record of that id; nil if there is none, or it is not whole.
  func record(_ id: String) -> TransactionRecord? {
    TextFile.bytes(of: file(id), limit: Self.limit)
      .flatMap { TransactionRecord(text: String(decoding: $0, as: UTF8.self)) }
  }

  /// Every record, oldest first.
  func records() -> [TransactionRecord] {
    TextFile.names(in: path).filter { !$0.hasPrefix(".") }.sorted().compactMap(record)
  }

  /// Forgets a transaction.
  func remove(_ id: String) {
    unlink(file(id))
    unlink(file(id) + Self.lockSuffix)
  }

  /// Removes the words and locks of transactions that are no more: whom they were for was killed. What another process
  /// has locked stays.
  func removeStrays() {
    for name in TextFile.names(in: path) {
      guard let suffix = [Self.wordsSuffix, Self.lockSuffix].first(where: name.hasSuffix) else { continue }
      let id = String(name.dropLast(suffix.count))
      guard access(file(id), F_OK) != 0, let claim = try? claim(id) else { continue }
      withExtendedLifetime(claim) {
        unlink(file(id) + Self.wordsSuffix)
        remove(id)
      }
    }
  }

  /// Leaves words for the hook that waits; they stand beside the record.
  func leave(_ text: String, for id: String) throws {
    guard !text.isEmpty else { return }
    try write(Array(text.utf8), to: file(id) + Self.wordsSuffix)
  }

  /// The words that were left.
  func takeWords(of id: String) -> String {
    let name = file(id) + Self.wordsSuffix
    defer { unlink(name) }
    return TextFile.contents(of: name) ?? ""
  }

  private static let wordsSuffix = ".words"
  private static let lockSuffix = ".lock"

  private func file(_ id: String) -> String { "\(path)/\(id)" }

  /// The right to finish a transaction: who has it is the only one. nil if another process has it until `deadline`.
  func claim(_ id: String, until deadline: ContinuousClock.Instant = .now) throws -> TransactionClaim? {
    try makeFolder()
    let name = file(id) + Self.lockSuffix
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("open", name) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        close(descriptor)
        throw failure("lock", name)
      }
      guard ContinuousClock.now < deadline else {
        close(descriptor)
        return nil
      }
      usleep(2000)
    }
    return TransactionClaim(descriptor: descriptor)
  }

  private func makeFolder() throws {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      guard mkdir(made, 0o700) == 0 || access(made, F_OK) == 0 else { throw failure("make", made) }
    }
  }

  private func failure(_ what: String, _ name: String) -> CommandFailure {
    CommandFailure(
      message: "cannot \(what) `\(name)`: \(SystemError.text(SystemError.last))",
      hint: "the hooks are for apt, run by root")
  }
}

/// The right to finish a transaction; given up with the last reference, or the process.
final class TransactionClaim {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}
