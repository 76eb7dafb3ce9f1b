internal import CAptPkg
public import GateModel
public import PackageAnalysis

/// The contents of the node's packages: the installed ones from dpkg's database, candidates from .debs at hand.
///
/// A candidate's .deb is at hand if apt's archive cache, a local repository (`file:`, `copy:`) or a directory of
/// downloads has it with the size and the hash of the package list. One that differs is passed by with a warning.
/// As little `Sendable` as the collector it belongs to.
public final class AptPackageContents: PackageContentsSource {
  /// Reads a .deb; the room of the analysis has one.
  public typealias DebReader = (_ path: String) throws -> PackageContents

  /// What was passed by, without repeats.
  public private(set) var warnings: [String] = []

  let collector: AptCollector
  private let downloads: [String]
  private let readDeb: DebReader
  private var archives: [ArchiveKey: String?] = [:]
  private lazy var paths = Result { try collector.nodePaths() }
  private let looksInStatus: Bool
  private lazy var status = looksInStatus ? (try? paths.get()).flatMap { DpkgStatusFile(path: $0.status) } : nil

  /// - Parameters:
  ///   - downloads: directories to look for .debs in before apt's own, such as that of
  ///     ``AptCollector/download(_:into:deadline:progress:)``.
  ///   - looksInStatus: whether installed packages are looked up in dpkg's status file itself, as the hooks do: it was
  ///     just changed, and libapt would put its whole cache together again.
  public init(
    collector: AptCollector, downloads: [String] = [], looksInStatus: Bool = false, readDeb: @escaping DebReader
  ) {
    self.looksInStatus = looksInStatus
    self.collector = collector
    self.downloads = downloads.filter { !$0.utf8.contains(0) }
    self.readDeb = readDeb
  }

  public func candidate(of binary: BinaryChange) throws -> PackageContents? {
    try archivePath(of: binary).map(readDeb)
  }

  /// The .deb of the candidate, if it is at hand and is what the package list says.
  public func archivePath(of binary: BinaryChange) throws -> String? {
    guard let key = ArchiveKey(binary) else { return nil }
    if let known = archives[key] { return known }
    // All candidates are looked for at once: package lists may be compressed, and are read front to back.
    var keys = collector.planned.compactMap(ArchiveKey.init).filter { archives[$0] == nil }
    if !keys.contains(key) { keys.append(key) }
    let found = try collector.archives(of: keys, in: downloads)
    for (key, archive) in zip(keys, found) {
      archives[key] = .some(archive.path)
      if let problem = archive.problem { warn("\(problem); it is passed by") }
    }
    return archives[key] ?? nil
  }

  public func installed(name: String, architecture: String) throws -> PackageContents? {
    guard let record = try look(name, architecture) else { return nil }
    return DpkgDatabase(paths: try paths.get()).contents(of: record)
  }

  private func look(_ name: String, _ architecture: String?) throws -> InstalledRecord? {
    if let status { return status.record(name: name, architecture: architecture) }
    return try collector.installed(name: name, architecture: architecture)
  }

  /// What dpkg says of an installed package; nil if it is not installed, or that cannot be found out.
  func record(name: String, architecture: String) -> InstalledRecord? {
    (try? look(name, architecture)) ?? nil
  }

  /// The architecture of an installed package of this name.
  func architecture(of name: String) -> String? {
    ((try? look(name, nil)) ?? nil)?.architecture
  }

  public func triggerInterests() throws -> [TriggerInterest] {
    try DpkgDatabase(paths: try paths.get()).triggerInterests { name in
      try look(name, nil)?.architecture
    }
  }

  private func warn(_ text: String) {
    if !warnings.contains(text) { warnings.append(text) }
  }
}

/// A package at a version, as CAptPkg looks for it.
struct ArchiveKey: Hashable, Sendable {
  var name: String
  var architecture: String
  var version: String

  /// None for a removal.
  init?(_ binary: BinaryChange) {
    guard let version = binary.to else { return nil }
    name = binary.name
    architecture = binary.architecture
    self.version = version.text
  }
}

/// Where a candidate's .deb is, or why a file that is there was not taken.
struct FoundArchive: Sendable {
  var path: String?
  var problem: String?
}
