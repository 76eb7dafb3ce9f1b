import NetworkState
import NetworkSystem

/// A snapshot with the names that its numbers have on this node.
struct NetworkView {
  /// As a person would call it: `now`, or the snapshot's id.
  var name: String
  var snapshot: NetworkSnapshot
  var describer: ObjectDescriber
  /// Of a stored snapshot.
  var manifest: SnapshotManifest?
  /// Where and when the state is of; nil if that is not known.
  var origin: SnapshotOrigin?
  var isOfOneInstant: Bool

  /// Enough for millions of routes on a slow machine; the kernel answers at once or not at all.
  static let patience = Duration.seconds(120)

  /// The state now. Throws ``NetworkSystemError``.
  static func now(namespace: String?) throws -> NetworkView {
    let reading = try SnapshotReader(namespace: namespace).read(by: .after(patience))
    var view = NetworkView(name: SnapshotName.now, reading.snapshot, isOfOneInstant: reading.isOfOneInstant)
    view.origin = .here(why: SnapshotName.now, namespace: namespace)
    return view
  }

  init(_ stored: StoredSnapshot) {
    self.init(name: stored.manifest.id, stored.snapshot, isOfOneInstant: stored.manifest.isOfOneInstant)
    manifest = stored.manifest
    origin = stored.manifest.origin
  }

  init(name: String, _ snapshot: NetworkSnapshot, isOfOneInstant: Bool, names: NumberNames = NumberNameFiles.read()) {
    self.name = name
    self.snapshot = snapshot
    self.isOfOneInstant = isOfOneInstant
    describer = ObjectDescriber(names: names, of: snapshot)
  }

  /// The object at a place; nil never happens for places of the snapshot's own tables.
  func object(_ kind: NetworkObjectKind, _ place: Int) -> DescribedObject? {
    (try? snapshot[kind][place]).map(describer.describeAlone)
  }

  func counts() -> [(kind: NetworkObjectKind, count: Int)] {
    NetworkObjectKind.allCases.map { ($0, snapshot[$0].count) }
  }
}
