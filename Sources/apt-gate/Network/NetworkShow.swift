import GateModel
import NetworkState

/// What `network show` prints, object by object: a million routes are never text in memory at once.
struct NetworkShow {
  var view: NetworkView
  var filter = ObjectFilter()

  /// Described by docs/protocols/network-show.schema.json.
  static let schema = "apt-gate/network-show/1"
  /// Bytes of text that are written at once.
  private static let chunk = 1 << 16

  func writeJSON(_ write: (String) throws -> Void) throws {
    var text = "{\n  \"schema\": \"\(Self.schema)\",\n"
    text += "  \"snapshot\": \(JSONWriter.quoted(view.name)),\n  \"isOfOneInstant\": \(view.isOfOneInstant)"
    for kind in NetworkObjectKind.allCases {
      text += ",\n  \"\(kind.plural)\": ["
      var separator = "\n    "
      for place in filter.places(of: kind, in: view.snapshot) {
        guard let object = view.object(kind, place) else { continue }
        text += separator
        JSONWriter.write(object.json, indent: "    ", to: &text)
        separator = ",\n    "
        try flush(&text, write)
      }
      text += separator == "\n    " ? "]" : "\n  ]"
    }
    try write(text + "\n}\n")
  }

  func writeText(_ layout: TextLayout, _ write: (String) throws -> Void) throws {
    var text = ""
    var isFirst = true
    for kind in NetworkObjectKind.allCases {
      for (title, places) in groups(kind, filter.places(of: kind, in: view.snapshot)) {
        text += (isFirst ? "" : "\n") + layout.style(.bold, DisplayText.line(title)) + "\n"
        for place in places {
          let line = view.object(kind, place)?.safeLine(of: kind, omitting: kind == .route ? ["table"] : []) ?? ""
          text += "  \(line)\n"
          try flush(&text, write)
        }
        isFirst = false
      }
    }
    try write(isFirst ? "Nothing of that kind is there.\n" : text)
  }

  /// Routes by table, everything else in one; each with its heading and count.
  private func groups(_ kind: NetworkObjectKind, _ places: [Int]) -> [(title: String, places: [Int])] {
    guard kind == .route else { return places.isEmpty ? [] : [(kind.counted(places.count), places)] }
    let tables = Dictionary(grouping: places) { view.snapshot.placement(of: .route, at: $0)?.table ?? 0 }
    return tables.sorted { $0.key < $1.key }.map { table, places in
      ("\(kind.counted(places.count)) in table \(view.describer.names.table(table))", places)
    }
  }

  private func flush(_ text: inout String, _ write: (String) throws -> Void) throws {
    guard text.utf8.count > Self.chunk else { return }
    try write(text)
    text = ""
  }
}
