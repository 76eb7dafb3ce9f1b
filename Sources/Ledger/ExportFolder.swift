internal import Glibc
internal import FoundationEssentials

/// A folder that is being filled.
struct ExportFolder {
  var path: String

  func make() throws(LedgerError) {
    guard mkdir(path, 0o755) == 0 else { throw FileBytes.failure(path) }
  }

  /// Writes a new file; `name` may have folders in it.
  func write(_ bytes: [UInt8], to name: String) throws(LedgerError) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw FileBytes.failure(folder) }
    }
    let file = try NewFile("\(path)/\(name)", mode: 0o644)
    try file.append(bytes)
    try file.finish()
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
