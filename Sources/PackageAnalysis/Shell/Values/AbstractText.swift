/// A text of which parts may not be known: what the interpreter knows of a word.
struct AbstractText: Hashable {
  enum Piece: Hashable {
    /// Quoted text takes no part in field splitting and pattern matching.
    case text(String, isQuoted: Bool)
    /// Any text, the empty one included.
    case hole(isQuoted: Bool)
  }

  var pieces: [Piece]

  static let hole = AbstractText(pieces: [.hole(isQuoted: true)])
  /// Any number of words.
  static let anyWords = AbstractText(pieces: [.hole(isQuoted: false)])
  static let empty = AbstractText(pieces: [])

  init(pieces: [Piece]) {
    self.pieces = pieces
  }

  init(_ text: String) {
    pieces = text.isEmpty ? [] : [.text(text, isQuoted: true)]
  }

  /// The text, if all of it is known.
  var known: String? {
    var result = ""
    for piece in pieces {
      guard case .text(let text, _) = piece else { return nil }
      result += text
    }
    return result
  }

  /// Whether nothing of it is known.
  var isHole: Bool {
    pieces.allSatisfy { if case .hole = $0 { true } else { false } } && !pieces.isEmpty
  }

  /// Whether it cannot be the empty text.
  var isSurelyNotEmpty: Bool {
    pieces.contains { if case .text(let text, _) = $0 { !text.isEmpty } else { false } }
  }

  var mayBeEmpty: Bool { !isSurelyNotEmpty }

  /// Whether nothing of it is known and it is not quoted: then it may stand for any number of words.
  var mayVanish: Bool {
    pieces.allSatisfy { if case .hole(isQuoted: false) = $0 { true } else { false } } && !pieces.isEmpty
  }

  /// Whether it may come apart into several words.
  var mayBeSeveralWords: Bool {
    pieces.contains { if case .hole(isQuoted: false) = $0 { true } else { false } }
  }

  /// What is known before the first hole.
  var knownPrefix: String {
    var result = ""
    for piece in pieces {
      guard case .text(let text, _) = piece else { return result }
      result += text
    }
    return result
  }

  /// What is known after the last hole.
  var knownSuffix: String {
    var result = ""
    for piece in pieces.reversed() {
      guard case .text(let text, _) = piece else { return result }
      result = text + result
    }
    return result
  }

  /// For a person: the text with `…` for what is not known.
  var display: String {
    pieces.map { if case .text(let text, _) = $0 { text } else { "…" } }.joined()
  }

  static func + (left: AbstractText, right: AbstractText) -> AbstractText {
    AbstractText(pieces: left.pieces + right.pieces)
  }

  /// The same text as the value of a variable: all of it in one piece, unquoted pieces marked as such by its use.
  func requoted(_ isQuoted: Bool) -> AbstractText {
    var merged: [Piece] = []
    for piece in pieces {
      switch (merged.last, piece) {
      case (.text(let before, _)?, .text(let text, _)):
        merged[merged.count - 1] = .text(before + text, isQuoted: isQuoted)
      case (.hole?, .hole): break
      case (_, .text(let text, _)): merged.append(.text(text, isQuoted: isQuoted))
      case (_, .hole): merged.append(.hole(isQuoted: isQuoted))
      }
    }
    return AbstractText(pieces: merged)
  }
}
