import ArgumentParser

/// An option of apt's configuration, as apt's own `-o KEY=VALUE`.
struct AptOption: Sendable, Hashable, ExpressibleByArgument {
  var key: String
  var value: String

  /// nil if there is no `=` or nothing before it.
  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
    key = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}
