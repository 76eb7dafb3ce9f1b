internal import GRDB
internal import LedgerLog

extension LedgerError {
  /// `work`, with whatever it throws told as an error of the ledger at `path`.
  static func telling<Value>(at path: String, _ work: () throws -> Value) throws(LedgerError) -> Value {
    do {
      return try work()
    } catch let error as LedgerError {
      throw error
    } catch let error as LedgerLogError {
      throw LedgerError(error, path: path)
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    } catch {
      throw LedgerError(.unreadable, "the ledger `\(path)` cannot be used: \(error)", advice: "look at its file system")
    }
  }

  private init(_ error: LedgerLogError, path: String) {
    switch error.code {
    case .entryTooLong: self.init(.entryTooLong, error.message, advice: "write it as several entries")
    case .keyMalformed: self.init(.keyUnusable, error.message, advice: "put the ledger's own key back")
    default: self = .corrupt(path, error.message)
    }
  }

  /// Source of the codes: sqlite.org/rescode.html.
  private init(_ error: DatabaseError, path: String) {
    let words = error.message ?? "no reason given"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked, "the ledger `\(path)` is in use by another process", advice: "try again, or find out which one hangs")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.readOnly, "the ledger `\(path)` cannot be written: \(words)", advice: "make its file system writable")
    case .SQLITE_FULL:
      self.init(.full, "there is no room for the ledger `\(path)`", advice: "make room on its file system")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA, .SQLITE_ERROR:
      self = .corrupt(path, words)
    default:
      self.init(.unreadable, "the ledger `\(path)` cannot be used: \(words)", advice: "look at its file system")
    }
  }

  static func corrupt(_ path: String, _ what: String) -> LedgerError {
    LedgerError(
      .corrupt, "the ledger `\(path)` is damaged: \(what)",
      advice: "run `apt-gate ledger verify`, keep the folder as evidence, and move it away to begin a new ledger")
  }
}
