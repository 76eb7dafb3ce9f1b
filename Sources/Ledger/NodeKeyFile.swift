internal import Glibc
internal import LedgerLog

/// The node's signing key on disk: one line, 0600.
struct NodeKeyFile {
  var path: String

  /// A key's line is about 130 bytes with a long name.
  private static let mostBytes = 4096

  /// The key; throws if there is none.
  func read() throws(LedgerError) -> SigningKey {
    guard access(path, F_OK) == 0 else {
      throw LedgerError(
        .keyUnusable, "the node's key `\(path)` is missing",
        advice: "put it back, or move the ledger away to begin a new one")
    }
    try LedgerFolder.check(path, kind: S_IFREG)
    guard let file = FileBytes.read(path, atMost: Self.mostBytes), let text = String(validating: file, as: UTF8.self)
    else { throw LedgerError(.keyUnusable, "the node's key `\(path)` cannot be read", advice: "put it back") }
    do {
      return try SigningKey(secretText: text)
    } catch {
      throw LedgerError(.keyUnusable, "the node's key `\(path)` is malformed", advice: "put it back")
    }
  }

  /// The key, made if there is none. Of two processes that make one at once, one wins, and both use that.
  func readOrMake(name: String) throws(LedgerError) -> SigningKey {
    if access(path, F_OK) == 0 { return try read() }
    let temporary = "\(path).\(getpid())"
    defer { unlink(temporary) }
    try LedgerError.telling(at: path) {
      let key = try SigningKey.random(name: name)
      try FileBytes.write(Array((key.secretText + "\n").utf8), to: temporary, mode: 0o600)
      guard link(temporary, path) == 0 || errno == EEXIST else { throw FileBytes.failure(path) }
      try FileBytes.synchronizeFolder(of: path)
    }
    return try read()
  }
}
