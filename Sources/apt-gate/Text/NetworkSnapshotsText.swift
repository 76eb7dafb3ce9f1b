import GateModel
import NetworkState
import NetworkSystem

/// What `network snapshot` prints for people.
struct NetworkSnapshotsText {
  var document: NetworkSnapshotsDocument
  var layout: TextLayout

  var text: String {
    let lines = document.isListing ? listing : taken
    return lines.map { $0 + "\n" }.joined()
  }

  private var taken: [String] {
    document.snapshots.flatMap { manifest in
      [layout.style(.bold, manifest.id), "  in \(DisplayText.line("\(document.folder)/\(manifest.id)"))"]
        + layout.labelled("", counts(manifest), indent: 2)
        + (manifest.isOfOneInstant ? [] : [layout.style(.yellow, Self.unsettled)])
    } + removed
  }

  private static let unsettled =
    "  The network did not come to rest: objects of different kinds may be of different instants."

  private var removed: [String] {
    let count = document.removed.count
    return count == 0 ? [] : ["  \(CountText.of(count, "older snapshot was", "older snapshots were")) removed"]
  }

  private var listing: [String] {
    guard !document.snapshots.isEmpty else { return ["No snapshots in \(DisplayText.line(document.folder))."] }
    return document.snapshots.flatMap { manifest in
      [
        layout.style(.bold, DisplayText.line(manifest.id)) + "  "
          + DisplayText.line("\(Self.size(manifest.byteCount))  \(manifest.host)")
      ] + layout.labelled("", "\(manifest.why): \(counts(manifest))", indent: 2)
    } + [CountText.of(document.snapshots.count, "snapshot", "snapshots")]
  }

  private func counts(_ manifest: SnapshotManifest) -> String {
    NetworkObjectKind.allCases.map { $0.counted(manifest.count(of: $0)) }.joined(separator: ", ")
  }

  /// `4.1 KiB`.
  private static func size(_ bytes: Int) -> String {
    if bytes < 1024 { return "\(bytes) bytes" }
    let (unit, name) = bytes < 1 << 20 ? (1 << 10, "KiB") : (1 << 20, "MiB")
    let tenths = bytes * 10 / unit
    return "\(tenths / 10).\(tenths % 10) \(name)"
  }
}
