internal import GateModel
import Glibc

/// The drop-ins of shields on disk.
struct ShieldFolder {
  let path: String

  /// Longer files are not ours.
  private static let limit = 4096

  /// The owner of a unit's shield; nil if it has none.
  func owner(of unit: String) -> ShieldOwner? {
    SmallFile.contents(of: ShieldDropIn.path(of: unit, below: path), limit: Self.limit)
      .flatMap { ShieldDropIn.owner(in: String(decoding: $0, as: UTF8.self)) }
  }

  func write(_ dropIn: ShieldDropIn) throws(SystemdError) {
    guard UnitName.isValid(dropIn.unit) else {
      throw SystemdError(.noUnit, "`\(dropIn.unit)` is no name of a unit")
    }
    let directory = ShieldDropIn.directory(of: dropIn.unit, below: path)
    guard mkdir(directory, 0o755) == 0 || errno == EEXIST else { throw .file("cannot make `\(directory)`") }
    // Below /run: nothing to make durable.
    try SmallFile.replace(
      ShieldDropIn.path(of: dropIn.unit, below: path), with: dropIn.text, mode: 0o644, isDurable: false)
  }

  /// Removes a unit's drop-in, and its directory if nothing else is in there.
  func remove(_ unit: String) throws(SystemdError) {
    guard UnitName.isValid(unit) else { return }
    let file = ShieldDropIn.path(of: unit, below: path)
    guard unlink(file) == 0 || errno == ENOENT else { throw .file("cannot remove `\(file)`") }
    rmdir(ShieldDropIn.directory(of: unit, below: path))
  }

  /// Every shield that stands, sorted by unit.
  func dropIns() -> [ShieldDropIn] {
    units.compactMap { unit in owner(of: unit).map { ShieldDropIn(unit: unit, owner: $0) } }
  }

  /// Removes what processes that are gone had begun to write. systemd never reads it.
  func removeDrafts() {
    for unit in units {
      let directory = ShieldDropIn.directory(of: unit, below: path)
      let drafts = FolderNames.names(in: directory).filter { name in
        SmallFile.writer(ofDraft: name, of: ShieldDropIn.fileName).map { kill($0, 0) != 0 && errno == ESRCH } ?? false
      }
      for draft in drafts { unlink("\(directory)/\(draft)") }
      if !drafts.isEmpty { rmdir(directory) }
    }
  }

  private var units: [String] {
    FolderNames.names(in: path).filter { $0.hasSuffix(".d") }.map { String($0.dropLast(2)) }.sorted()
  }
}
