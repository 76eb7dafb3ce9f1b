import Glibc

/// A file that is there in full or not at all, also after a crash.
public enum AtomicFile {
  /// Writes `text` to the file at `path`, in place of what was there. Throws `file` or `notPermitted`.
  public static func write(_ text: String, to path: String) throws(NetworkSystemError) {
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    do throws(NetworkSystemError) {
      var file = try DurableFile(creating: draft)
      var failure: NetworkSystemError?
      Array(text.utf8).withUnsafeBytes { bytes in
        do throws(NetworkSystemError) { try file.write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
      _ = try file.finish()
      guard rename(draft, path) == 0 else {
        throw NetworkSystemError.system(-Int(errno), "cannot write `\(path)`", otherwise: .file)
      }
    } catch {
      unlink(draft)
      throw error
    }
  }
}
