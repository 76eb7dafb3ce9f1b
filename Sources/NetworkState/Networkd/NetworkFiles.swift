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
      return NetworkFile(file, dropIns: ConfigurationFolders.effective(dropIns, suffix: "/network/\(file.name).d"))
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

  /// What was passed over while reading, and what could not be decided.
  public func warnings(on node: NodeIdentity) -> [String] {
    files.flatMap { file in
      let unknown = file.match.unknown(node).map {
        "\(file.path): \($0)= is not decided here; the file is taken to match if the rest of it does"
      }
      let empty = file.match.isEmpty ? ["\(file.path) has no [Match] section and is ignored"] : []
      return file.warnings + unknown + empty
    }
  }
}
