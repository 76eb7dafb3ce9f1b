import GateModel

/// A change of version in words.
enum VersionPhrase {
  /// `FROM -> TO`, `(new) TO` or `FROM -> (removed)`, safe for a terminal.
  static func text(from: PackageVersion?, to: PackageVersion?) -> String {
    let (left, right) = parts(from: from, to: to)
    return left.isEmpty ? right : "\(left) -> \(right)"
  }

  /// The same in at most `columns`; each version is cut by itself, so that both stay visible.
  static func text(from: PackageVersion?, to: PackageVersion?, columns: Int) -> String {
    let whole = text(from: from, to: to)
    guard ColumnText.columns(of: whole) > columns else { return whole }
    let (left, right) = parts(from: from, to: to)
    if left.isEmpty { return ColumnText.fitted(right, to: columns) }
    let half = max(1, (columns - " -> ".count) / 2)
    return "\(ColumnText.fitted(left, to: half)) -> \(ColumnText.fitted(right, to: half))"
  }

  private static func parts(from: PackageVersion?, to: PackageVersion?) -> (left: String, right: String) {
    let left = from.map { DisplayText.line($0.text) }
    let right = to.map { DisplayText.line($0.text) }
    guard let left else { return ("", "(new) \(right ?? "?")") }
    return (left, right ?? "(removed)")
  }
}
