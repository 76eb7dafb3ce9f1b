import ArgumentParser

/// Why a person does something: a line of text, for whoever reads the ledger later.
struct ReasonArgument: Sendable, Hashable, ExpressibleByArgument {
  var text: String

  /// Longer ones are no reasons any more.
  static let longest = 1000

  init?(argument: String) {
    text = argument.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty, text.unicodeScalars.count <= Self.longest else { return nil }
  }
}
