import LedgerLog

/// Keys and checkpoints that a person names on the command line.
enum LedgerFile {
  static func bytes(of path: String) throws -> [UInt8] {
    guard let bytes = TextFile.bytes(of: path) else {
      let reason = SystemError.text(SystemError.last)
      throw CommandFailure(message: "`\(path)` cannot be read: \(reason)", hint: nil)
    }
    return bytes
  }

  /// `argument` is the key itself, or a file that holds it.
  static func verifierKey(_ argument: String) throws -> VerifierKey {
    if let key = try? VerifierKey(argument) { return key }
    do throws(LedgerLogError) {
      return try VerifierKey(String(decoding: TextFile.bytes(of: argument) ?? [], as: UTF8.self))
    } catch {
      throw CommandFailure(message: "`\(argument)`: \(error)", hint: "give the key's one line, or a file with it")
    }
  }
}
