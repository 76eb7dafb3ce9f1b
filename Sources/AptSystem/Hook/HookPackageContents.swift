internal import Dispatch
public import GateModel
public import PackageAnalysis
internal import Synchronization

/// The contents of the packages of a transaction: the new ones from the .debs that apt hands to dpkg, the installed ones
/// from dpkg's database.
///
/// As little `Sendable` as what it reads from.
public final class HookPackageContents: PackageContentsSource {
  private let node: AptPackageContents
  private let readDeb: @Sendable (String) throws -> PackageContents
  private let packages: [HookPackage]
  private var archives: [String: Result<PackageContents, any Error>] = [:]
  private var paths: [ArchiveKey: String] = [:]

  public init(
    transaction: HookTransaction, node: AptPackageContents,
    readDeb: @escaping @Sendable (String) throws -> PackageContents
  ) {
    self.node = node
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

  /// Reads all .debs, on all processors: apt waits for the hook.
  private func readArchives() {
    let paths = packages.compactMap { package in
      if case .install(let path) = package.action { path } else { nil }
    }
    let results = Mutex<[String: Result<PackageContents, any Error>]>([:])
    let readDeb = readDeb
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let result = Result { try readDeb(paths[index]) }
      results.withLock { $0[paths[index]] = result }
    }
    archives = results.withLock { $0 }
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
    if let known = archives[path] { return try known.get() }
    let result = Result { try readDeb(path) }
    archives[path] = result
    return try result.get()
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
