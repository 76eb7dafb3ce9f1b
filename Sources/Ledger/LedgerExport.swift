internal import Glibc
public import LedgerLog

/// An export on disk.
public struct LedgerExport: Sendable {
  public var folder: String

  /// A file of the export is at most this large; entries of a larger ledger are read from the ledger itself.
  static let largestFile = 4 << 30

  public init(folder: String) { self.folder = folder }

  /// Everything that is wrong with it; see ``ExportedLedger/verify(key:witness:older:entry:file:)``.
  public func verify(
    key: VerifierKey? = nil, witness: VerifierKey? = nil, older: [(name: String, bytes: [UInt8])] = [],
    entry: ((LedgerEntry) -> Void)? = nil
  ) throws(LedgerError) -> LedgerVerification {
    guard access(folder, R_OK | X_OK) == 0 else {
      throw LedgerError(
        .missing, "`\(folder)` cannot be read: \(SystemCall.problem)", advice: "name an export's folder")
    }
    return ExportedLedger.verify(key: key, witness: witness, older: older, entry: entry) { path in
      FileBytes.read("\(folder)/\(path)", atMost: Self.largestFile)
    }
  }

  /// The key that it names; nil if there is none that can be read.
  public var verifierKey: VerifierKey? {
    ExportedLedger.verifierKey(FileBytes.read("\(folder)/\(ExportedLedger.keyPath)", atMost: 1 << 16))
  }
}
