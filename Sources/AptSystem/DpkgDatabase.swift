internal import GateModel
internal import PackageAnalysis

/// dpkg's directory beside the status file: what it keeps of installed packages and of triggers.
///
/// Source: `dpkg(1)`, section FILES, and `deb-triggers(5)`. A file that is absent, is no regular file or is larger
/// than its bound counts as absent: what the analysis cannot see it reports as not seen.
struct DpkgDatabase {
  private let paths: AptPaths

  /// Maintainer scripts of Debian's archive stay below 200 kB.
  private static let scriptLimit = 4 << 20
  /// The longest list of Debian's archive has about 100,000 lines.
  private static let listLimit = 64 << 20
  private static let controlLimit = 4 << 20

  init(paths: AptPaths) {
    self.paths = paths
  }

  /// An installed package, from its files in `info`.
  func contents(of record: InstalledRecord) -> PackageContents {
    let stem = stem(of: record)
    var scripts: [MaintainerScript.Name: MaintainerScript] = [:]
    for name in MaintainerScript.Name.allCases {
      guard let bytes = file("\(stem).\(name.rawValue)", limit: Self.scriptLimit) else { continue }
      scripts[name] = MaintainerScript(name: name, bytes: bytes)
    }
    let list = file("\(stem).list", limit: Self.listLimit) ?? []
    let triggers = file("\(stem).triggers", limit: Self.controlLimit) ?? []
    return PackageContents(
      name: record.name, architecture: record.architecture, version: PackageVersion(record.version),
      source: record.source, basis: .installed, scripts: scripts,
      files: PackageFileList(bytes: list).files(root: paths.root),
      conffiles: ConffilesField(record.conffiles).conffiles(root: paths.root),
      triggers: TriggersFile.declarations(triggers))
  }

  /// What installed packages want to be triggered by, in dpkg's order; `architecture` finds that of a package.
  func triggerInterests(architecture: (String) throws -> String?) throws -> [TriggerInterest] {
    var interests: [TriggerInterest] = []
    let directory = "\(paths.dpkg)/triggers"
    let names = DirectoryNames.names(in: directory) ?? []
    for name in names where !["Lock", "Unincorp"].contains(name) {
      guard let bytes = RegularFile.contents(of: "\(directory)/\(name)", limit: Self.controlLimit) else { continue }
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let text = String(decoding: line, as: UTF8.self)
        guard let interested = InterestLine(text, trigger: name == "File" ? nil : name) else { continue }
        let known = try interested.architecture ?? architecture(interested.package)
        guard let known else { continue }
        interests.append(
          TriggerInterest(package: interested.package, architecture: known, trigger: interested.trigger))
      }
    }
    return interests
  }

  /// Where the package's files begin: `info/NAME`, or `info/NAME:ARCH` for `Multi-Arch: same`.
  private func stem(of record: InstalledRecord) -> String {
    let plain = "\(paths.dpkg)/info/\(record.name)"
    let qualified = "\(plain):\(record.architecture)"
    let (first, second) = record.isQualified ? (qualified, plain) : (plain, qualified)
    return RegularFile.problem(at: "\(first).list") == nil ? first : second
  }

  private func file(_ path: String, limit: Int) -> [UInt8]? {
    RegularFile.contents(of: path, limit: limit)
  }
}

/// A line of `triggers/File` (`PATH PACKAGE[:ARCH][/noawait]`) or `triggers/NAME` (without the path).
private struct InterestLine {
  var trigger: String
  var package: String
  var architecture: String?

  init?(_ line: String, trigger named: String?) {
    var words = line.split(separator: " ")
    guard let last = words.popLast(), named != nil || line.hasPrefix("/") else { return nil }
    let qualified = last.hasSuffix("/noawait") ? last.dropLast("/noawait".count) : last
    let parts = qualified.split(separator: ":", maxSplits: 1).map(String.init)
    guard let package = parts.first else { return nil }
    self.package = package
    architecture = parts.count > 1 ? parts[1] : nil
    trigger = named ?? words.joined(separator: " ")
  }
}
