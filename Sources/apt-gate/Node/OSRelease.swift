/// The fields of an os-release file. Source: `os-release(5)`.
struct OSRelease: Sendable {
  private var fields: [String: String] = [:]

  /// The file below `root`; without fields if there is none.
  init(below root: String) {
    self.init(text: TextFile.contents(of: root + "/etc/os-release") ?? "")
  }

  init(text: String) {
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let value = line[line.index(after: equals)...]
      fields[String(line[..<equals])] = value.filter { !"\"'\\".contains($0) }
    }
  }

  subscript(_ name: String) -> String? { fields[name] }
}
