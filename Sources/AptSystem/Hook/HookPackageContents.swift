public import GateModel
public import PackageAnalysis

/// The contents of the packages of a transaction: the new ones from the .debs that apt hands to dpkg, the installed ones
/// from dpkg's database.
///
/// As little `Sendable` as what it reads from.
public final class HookPackageContents: PackageContentsSource {
  private let node: AptPackageContents
  private let readDeb: @Sendable (String) throws -> PackageContents
  private let deadline: ContinuousClock.Instant
  private let packages: [HookPackage]
  private var archives: [String: ArchiveReading.Outcome] = [:]
  private var paths: [ArchiveKey: String] = [:]

  /// - Parameters:
  ///   - deadline: a .deb that was not read by then counts as one that cannot be read; see ``isUnread(_:)``.
  ///   - readDeb: called on several threads.
  public init(
    transaction: HookTransaction, node: AptPackageContents, by deadline: ContinuousClock.Instant,
    readDeb: @escaping @Sendable (String) throws -> PackageContents
  ) {
    self.node = node
    self.deadline = deadline
    self.readDeb = readDeb
    packages = transaction.packages
  }

  /// One change for each source, sorted by source.
  ///
  /// A package whose .deb cannot be read belongs to the source of its installed version, or else to one of its name.
  public func changes() -> [Change] {
    readArchives()
    return ChangeGrouping.changes(of: packages.map(change))
  }

  /// Whether there was no time to read a .deb of `change`: nobody knows what it does.
  public func isUnread(_ change: Change) -> Bool {
    change.binaries.contains { binary in
      guard let path = ArchiveKey(binary).flatMap({ paths[$0] }), case .failure(let error) = archives[path] else {
        return false
      }
      return (error as? AptSystemError)?.code == .cancelled
    }
  }

  private func readArchives() {
    let paths = packages.compactMap { package in
      if case .install(let path) = package.action { path } else { nil }
    }
    archives = ArchiveReading.outcomes(of: Set(paths), by: deadline, read: readDeb)
    for path in paths where archives[path] == nil { archives[path] = .failure(Self.unread(path)) }
  }

  private static func unread(_ path: String) -> AptSystemError {
    AptSystemError(
      code: .cancelled, message: "there was no time to read `\(path)`",
      advice: "run apt again; look for what stops its file system")
  }

  public func candidate(of binary: BinaryChange) throws -> PackageContents? {
    guard let key = ArchiveKey(binary), let path = paths[key] else { return nil }
    return try contents(of: path)
  }

  public func installed(name: String, architecture: String) throws -> PackageContents? {
    try node.installed(name: name, architecture: architecture)
  }

  public func triggerInterests() throws -> [TriggerInterest] { try node.triggerInterests() }

  private func contents(of path: String) throws -> PackageContents {
    try (archives[path] ?? .failure(Self.unread(path))).get()
  }

  private func change(_ package: HookPackage) -> SourcedChange {
    var candidate: PackageContents?
    if case .install(let path) = package.action { candidate = try? contents(of: path) }
    let name = package.name.isEmpty ? candidate?.name ?? Self.name(of: package) : package.name
    let architecture = package.architecture ?? candidate?.architecture ?? node.architecture(of: name) ?? "all"
    let installed = node.record(name: name, architecture: architecture)
    let binary = BinaryChange(
      name: name, architecture: architecture, from: (package.from ?? installed?.version).map(PackageVersion.init),
      to: (package.to ?? candidate?.version.text).map(PackageVersion.init), action: .upgrade)
    if case .install(let path) = package.action, let key = ArchiveKey(binary) { paths[key] = path }
    return SourcedChange(
      source: candidate?.source ?? installed?.source ?? name, binary: binary.acting(package.action))
  }

  /// The name in a .deb's file name, `NAME_VERSION_ARCH.deb`, for one that cannot be read.
  private static func name(of package: HookPackage) -> String {
    guard case .install(let path) = package.action else { return package.name }
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "_" })
  }
}

extension BinaryChange {
  /// The change with what dpkg does to the package.
  fileprivate func acting(_ action: HookPackage.Action) -> BinaryChange {
    var binary = self
    if action == .remove {
      binary.action = .remove
      binary.to = nil
    } else if let from, let to {
      binary.action = to.isEarlier(than: from) ? .downgrade : .upgrade
    } else {
      binary.action = .install
    }
    return binary
  }
}
