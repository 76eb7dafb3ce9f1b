internal import GateModel

/// The text of a file in systemd's syntax: sections in brackets, `KEY=VALUE`, comments, continued lines.
///
/// Source: systemd.syntax(7). Nothing in a text makes it fail: what cannot be read is a warning, as in systemd.
public struct ConfigurationText: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: String
    /// From 1.
    public var line: Int
  }

  public struct Section: Sendable, Hashable {
    public var name: String
    public var entries: [Entry] = []

    /// The last value of a key.
    public subscript(key: String) -> String? { entries.last { $0.key == key }?.value }

    /// All values of a key since it was last set to nothing, which forgets those before.
    public func values(_ key: String) -> [String] {
      entries.reduce(into: []) { values, entry in
        guard entry.key == key else { return }
        if entry.value.isEmpty { values.removeAll() } else { values.append(entry.value) }
      }
    }
  }

  public private(set) var sections: [Section] = []
  /// One line each: what was passed over, with the line's number.
  public private(set) var warnings: [String] = []

  public init(_ text: String) {
    var pending: (text: String, line: Int)?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let trimmed = line.trimmingSpace
      if trimmed.hasPrefix("#") || trimmed.hasPrefix(";") { continue }
      let start = pending?.line ?? index + 1
      let joined = (pending.map { $0.text + " " } ?? "") + trimmed
      if joined.hasSuffix("\\") {
        pending = (String(joined.dropLast()), start)
        continue
      }
      pending = nil
      take(joined, line: start)
    }
    if let pending { take(pending.text, line: pending.line) }
  }

  private mutating func take(_ line: String, line number: Int) {
    if line.isEmpty { return }
    if line.hasPrefix("["), line.hasSuffix("]") {
      sections.append(Section(name: String(line.dropFirst().dropLast())))
    } else if let equals = line.firstIndex(of: "="), !sections.isEmpty, equals != line.startIndex {
      let key = line[..<equals].trimmingSpace
      let value = line[line.index(after: equals)...].trimmingSpace
      sections[sections.count - 1].entries.append(Entry(key: key, value: value, line: number))
    } else {
      warnings.append("line \(number) is no section and no `KEY=VALUE` in one; it is passed over")
    }
  }

  /// Every section of a name, in order.
  public func sections(_ name: String) -> [Section] { sections.filter { $0.name == name } }

  /// All sections of a name as one: later values win.
  public func merged(_ name: String) -> Section {
    Section(name: name, entries: sections(name).flatMap(\.entries))
  }

  /// Appends the sections of a drop-in.
  public mutating func append(_ other: ConfigurationText) {
    sections += other.sections
    warnings += other.warnings
  }

  /// The values that systemd takes for true and false; nil for anything else. Source: `parse_boolean`.
  public static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "yes", "y", "true", "t", "on": true
    case "0", "no", "n", "false", "f", "off": false
    default: nil
    }
  }
}

extension StringProtocol {
  /// Without spaces, tabs and carriage returns at both ends.
  fileprivate var trimmingSpace: String { trimming { $0 == " " || $0 == "\t" || $0 == "\r" } }
}
