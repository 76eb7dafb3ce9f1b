/// A ledger's size and root: all that its owner commits to. Source: C2SP tlog-checkpoint.
public struct Checkpoint: Sendable, Hashable {
  /// Which ledger: the name of its key.
  public var origin: String
  /// How many entries.
  public var size: Int
  public var root: TreeHash

  public init(origin: String, size: Int, root: TreeHash) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The text that is signed.
  public var text: String { "\(origin)\n\(size)\n\(StrictBase64.text(of: root.bytes))\n" }

  /// Reads the first three lines of `text`; lines after them are extensions, which this version ignores.
  public init(text: String) throws(LedgerLogError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard lines.count >= 3, !lines[0].isEmpty, let size = Int(lines[1]), size >= 0, String(size) == lines[1],
      let root = StrictBase64.bytes(of: lines[2]).flatMap({ TreeHash($0) })
    else { throw LedgerLogError(.noteMalformed, "not a checkpoint: it is ORIGIN, SIZE and ROOT on a line each") }
    self.init(origin: String(lines[0]), size: size, root: root)
  }
}

/// A checkpoint whose signature by the ledger's key was checked.
public struct SignedCheckpoint: Sendable, Hashable {
  public let checkpoint: Checkpoint
  /// With its signatures, those of witnesses among them.
  public let note: SignedNote

  /// Signs `checkpoint` with the ledger's own key.
  public init(_ checkpoint: Checkpoint, signedBy key: SigningKey) throws(LedgerLogError) {
    var note = SignedNote(text: checkpoint.text)
    try note.sign(with: key)
    (self.checkpoint, self.note) = (checkpoint, note)
  }

  /// Reads and checks a checkpoint; throws unless `key` signed it for the ledger of its name.
  public init(_ bytes: [UInt8], verifiedBy key: VerifierKey) throws(LedgerLogError) {
    let note = try SignedNote(bytes)
    _ = try note.verified(by: key)
    let checkpoint = try Checkpoint(text: note.text)
    guard checkpoint.origin == key.name else {
      throw LedgerLogError(.noteMalformed, "the checkpoint is of the ledger `\(checkpoint.origin)`, not `\(key.name)`")
    }
    (self.checkpoint, self.note) = (checkpoint, note)
  }

  /// The same checkpoint with a witness's signature; the caller has checked that it is consistent.
  func cosigned(_ signature: NoteSignature) -> SignedCheckpoint {
    SignedCheckpoint(checkpoint, SignedNote(text: note.text, signatures: note.signatures + [signature]))
  }

  private init(_ checkpoint: Checkpoint, _ note: SignedNote) {
    (self.checkpoint, self.note) = (checkpoint, note)
  }

  /// The note, as it is written to a file.
  public var text: String { note.description }
}
