/// All `.network` files of a node, and which of them manages a link.
public struct NetworkFiles: Sendable, Hashable {
  /// In the order in which they are matched.
  public let files: [NetworkFile]
  private let version: NetworkdVersion

  /// Takes files and drop-ins from systemd's folders, in any order.
  public init(_ all: [ConfigurationFile], version: NetworkdVersion) {
    self.version = version
    let named = all.filter { $0.name.hasSuffix(".network") }
    files = ConfigurationFolders.effective(named, suffix: "/network").map { file in
      let dropIns = all.filter { $0.name.hasSuffix(".conf") }
      return NetworkFile(
        file, dropIns: ConfigurationFolders.effective(dropIns, suffix: "/network/\(file.name).d"), version: version)
    }
  }

  /// The file that a link would be managed by; nil if it would not be managed. The first file that matches decides,
  /// also by `Unmanaged=yes`.
  public func management(of identity: LinkIdentity, on node: NodeIdentity) -> LinkManagement? {
    let manager = identity.properties["ID_NET_MANAGED_BY"]
    if NetworkdBehaviour(version).obeysManagedBy, let manager, manager != "io.systemd.Network" { return nil }
    guard let file = files.first(where: { !$0.match.isEmpty && $0.match.matches(identity, node) }), !file.isUnmanaged
    else { return nil }
    return file.management
  }

  /// How a link that is not there yet could be managed: by each file that does not leave its links alone.
  public var possibleManagements: [LinkManagement] {
    files.filter { !$0.match.isEmpty && !$0.isUnmanaged }.map(\.management)
  }

  /// Every file and drop-in.
  public var paths: [String] { files.flatMap(\.paths) }

  /// What was passed over while reading.
  public var warnings: [String] {
    files.flatMap { $0.warnings + ($0.match.isEmpty ? ["\($0.path) has no [Match] section and is ignored"] : []) }
  }

  /// What could not be decided about a link: conditions of files that it would match but for them.
  public func undecided(_ identity: LinkIdentity, on node: NodeIdentity) -> [String] {
    files.filter { !$0.match.isEmpty && $0.match.matches(identity, node) }.flatMap { file in
      file.match.unknown(node).map {
        "\(file.path): \($0)= is not decided here; `\(identity.link.name)` is taken to match it"
      }
    }
  }
}
