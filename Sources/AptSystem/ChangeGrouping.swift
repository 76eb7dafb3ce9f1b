internal import GateModel

/// Makes changes of source packages out of changes of binary packages.
enum ChangeGrouping {
  /// One change for each source, sorted by source; its binaries sorted by name and architecture.
  ///
  /// A source's binaries may go to different versions; they are one change all the same.
  static func changes(of sourced: [SourcedChange]) -> [Change] {
    Dictionary(grouping: sourced, by: \.source).map { source, members in
      change(source: source, binaries: members.map(\.binary).sorted { $0.key < $1.key })
    }.sorted { $0.source < $1.source }
  }

  private static func change(source: String, binaries: [BinaryChange]) -> Change {
    let leading = leading(of: binaries, source: source)
    return Change(
      source: source, from: leading?.from, to: leading?.to, action: action(of: binaries), binaries: binaries)
  }

  /// The binary whose versions stand for the change: an upgraded one named like the source, else the first
  /// upgraded one, else the first.
  private static func leading(of binaries: [BinaryChange], source: String) -> BinaryChange? {
    let upgraded = binaries.filter { $0.action == .upgrade }
    return upgraded.first { $0.name == source } ?? upgraded.first ?? binaries.first
  }

  /// An upgrade if any binary is upgraded, else a downgrade, an installation, a removal.
  private static func action(of binaries: [BinaryChange]) -> ChangeAction {
    let order: [ChangeAction] = [.upgrade, .downgrade, .install, .remove]
    return order.first { action in binaries.contains { $0.action == action } } ?? .upgrade
  }
}

extension BinaryChange {
  fileprivate var key: (String, String) { (name, architecture) }
}
