/// What Package.swift declares, read from its text: `swift package dump-package` would wait for the lock that
/// `swift test` holds.
struct Manifest {
  /// The dependencies of every target, by its name; products by their own name.
  var dependencies: [String: Set<String>] = [:]

  init(text: String) {
    let declarations = text.split(separator: /[tT]arget\(/, omittingEmptySubsequences: false).dropFirst()
    for declaration in declarations {
      guard let name = Self.string(after: "name:", in: declaration) else { continue }
      dependencies[name] = Self.dependencies(in: declaration)
    }
  }

  private static func string(after label: String, in text: Substring) -> String? {
    guard let label = text.firstRange(of: label) else { return nil }
    let rest = text[label.upperBound...].drop { $0 != "\"" }.dropFirst()
    return String(rest.prefix { $0 != "\"" })
  }

  /// The strings of the `dependencies:` list, less the packages that products come from.
  private static func dependencies(in text: Substring) -> Set<String> {
    guard let label = text.firstRange(of: "dependencies: [") else { return [] }
    let list = text[label.upperBound...].prefix { $0 != "]" }
    let names = list.replacing(/package: "[^"]*"/, with: "").matches(of: /"([^"]*)"/).map { String($0.output.1) }
    return Set(names)
  }
}
