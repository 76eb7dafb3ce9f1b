internal import GateModel

/// What control.tar holds. Source: `deb(5)` and Debian Policy, chapter 6.
struct ControlArchive {
  var fields: ControlFields
  var scripts: [MaintainerScript.Name: MaintainerScript]
  var conffilePaths: [String]
  var triggers: [TriggerDeclaration]
  /// The regular files that are no conffiles, as `md5sums` lists them; nil if there is no such list. It names no links.
  var listedPaths: [String]?

  /// - Throws: ``ArchiveError`` if the control file is missing or broken, or a file that counts is there twice.
  init(_ tar: TarReader) throws {
    var files: [String: [UInt8]] = [:]
    while let entry = try tar.next() {
      // Only plain files right below the root count: dpkg looks for them by name.
      guard entry.kind == .file, ArchivePath.parent(of: entry.path) == "/" else { continue }
      let name = String(entry.path.dropFirst())
      guard Self.wanted.contains(name) else { continue }
      // INVARIANT: the whole of control.tar is within ArchiveLimits.controlSize.
      let data = try tar.data(of: entry, limit: ArchiveLimits.controlSize)
      guard let data else { throw Self.error(.tooLarge, "`\(name)` has \(entry.size) bytes") }
      guard files.updateValue(data, forKey: name) == nil else {
        throw Self.error(.duplicate, "control.tar has `\(name)` twice")
      }
    }
    guard let control = files["control"] else { throw Self.error(.missingMember, "control.tar has no `control`") }
    fields = try ControlFields(control: control)
    conffilePaths = ConffilesFile.paths(files["conffiles"] ?? [])
    triggers = TriggersFile.declarations(files["triggers"] ?? [])
    listedPaths = files["md5sums"].map(ChecksumsFile.paths)
    scripts = [:]
    for name in MaintainerScript.Name.allCases {
      if let bytes = files[name.rawValue] { scripts[name] = MaintainerScript(name: name, bytes: bytes) }
    }
  }

  private static let wanted =
    Set(MaintainerScript.Name.allCases.map(\.rawValue)).union(["control", "conffiles", "triggers", "md5sums"])

  private static func error(_ code: ArchiveError.Code, _ message: String) -> ArchiveError {
    ArchiveError(code: code, message: message, member: "control.tar", offset: 0)
  }
}
