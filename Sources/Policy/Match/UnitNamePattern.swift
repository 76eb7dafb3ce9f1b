internal import GateModel

/// What can be the name of a systemd unit, or a glob over such names.
///
/// Source: `systemd.unit(5)`, "Unit names".
enum UnitNamePattern {
  static let suffixes = [
    "service", "socket", "device", "mount", "automount", "swap", "target", "path", "timer", "slice", "scope",
  ]

  /// What is wrong with `name`, if anything.
  static func problem(in name: String, globs: Bool) -> (message: String, suggestion: String)? {
    let special = globs ? ":-_.\\@*?" : ":-_.\\@"
    let isAllowed = name.utf8.allSatisfy { $0.isASCIILetterOrDigit || special.utf8.contains($0) }
    guard isAllowed, !name.isEmpty, name.utf8.count <= 255 else {
      return ("`\(name)` cannot be the name of a unit", "write it as `systemctl` prints it")
    }
    let end = name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    if suffixes.contains(end) || (globs && (end.contains("*") || end.contains("?"))) { return nil }
    return ("`\(name)` has no unit suffix, so it matches no unit", "write `\(name).service`")
  }
}
