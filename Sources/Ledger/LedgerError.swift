/// Why the ledger cannot be used, and what to do about it. The caller then holds gated changes and lets the rest go on.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no ledger yet.
    case missing
    /// Others than its owner can get at the folder, the database or the key.
    case unsafe
    /// Another process wrote to it for longer than the deadline.
    case locked
    /// The file system is mounted read-only, or the permissions forbid writing.
    case readOnly = "read-only"
    case full
    /// The database is damaged, or its parts contradict each other.
    case corrupt
    /// A later version of apt-gate wrote it.
    case newerVersion = "newer-version"
    /// The node's key is absent, malformed or not the ledger's.
    case keyUnusable = "key-unusable"
    /// An entry is longer than an entry may be.
    case entryTooLong = "entry-too-long"
    /// Any other failure to read or write a file.
    case unreadable
  }

  public var code: Code
  /// One line: lower-case, no final full stop, paths in backticks.
  public var message: String
  /// What to do, as a clause in the imperative.
  public var advice: String

  public init(_ code: Code, _ message: String, advice: String) {
    self.code = code
    self.message = message
    self.advice = advice
  }

  public var description: String { "\(message); \(advice)" }
}
