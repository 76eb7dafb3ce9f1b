internal import FoundationEssentials
import Glibc
public import NetworkState

/// Writes drop-ins below a root directory.
public struct DropInWriter: Sendable {
  private let root: String

  public init(root: String = "") { self.root = root }

  /// Writes each drop-in, readable by all: networkd reads them as a user of its own. After a crash each is there in full
  /// or not at all. Throws `file` or `notPermitted`.
  public func write(_ dropIns: [ProtectionPlan.DropIn]) throws(NetworkSystemError) {
    for dropIn in dropIns { try write(dropIn) }
  }

  private func write(_ dropIn: ProtectionPlan.DropIn) throws(NetworkSystemError) {
    let path = root + dropIn.path
    let folder = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw NetworkSystemError(.file, "cannot make the folder `\(folder)`: \(error)")
    }
    let draft = "\(folder)/.apt-gate-\(getpid())"
    unlink(draft)
    var file = try DurableFile(creating: draft)
    var failure: NetworkSystemError?
    Array(dropIn.text.utf8).withUnsafeBytes { bytes in
      do throws(NetworkSystemError) { try file.write(bytes) } catch { failure = error }
    }
    if let failure {
      unlink(draft)
      throw failure
    }
    _ = try file.finish()
    guard chmod(draft, 0o644) == 0, rename(draft, path) == 0 else {
      let error = NetworkSystemError.system(-Int(errno), "cannot write `\(path)`", otherwise: .file)
      unlink(draft)
      throw error
    }
    try DurableFile.synchronize(folder: folder)
  }
}
