/// Splits expansions into fields. Source: POSIX.1-2017, Shell Command Language, section 2.6.5.
struct FieldBuilder {
  private(set) var fields: [AbstractText] = []
  private var open: [AbstractText.Piece] = []
  private var isOpen = false

  mutating func beginWord() {
    open = []
    isOpen = false
  }

  mutating func endWord() {
    if isOpen { fields.append(AbstractText(pieces: open)) }
    beginWord()
  }

  /// Appends a field that needs no splitting.
  mutating func append(field: AbstractText) {
    fields.append(field)
  }

  /// A quoted part makes a field even if it expands to nothing.
  mutating func openField() {
    isOpen = true
  }

  mutating func append(_ text: AbstractText) {
    for piece in text.pieces {
      if case .text(let content, isQuoted: false) = piece {
        appendSplitting(content)
      } else {
        isOpen = true
        if case .text("", _) = piece { continue }
        open.append(piece)
      }
    }
  }

  private mutating func appendSplitting(_ content: String) {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\n" }
    guard content.unicodeScalars.contains(where: isBlank) else {
      if !content.isEmpty { open.append(.text(content, isQuoted: false)) }
      isOpen = isOpen || !content.isEmpty
      return
    }
    var field = ""
    for scalar in content.unicodeScalars {
      if isBlank(scalar) {
        if !field.isEmpty { open.append(.text(field, isQuoted: false)) }
        if isOpen || !field.isEmpty { fields.append(AbstractText(pieces: open)) }
        field = ""
        beginWord()
      } else {
        field.unicodeScalars.append(scalar)
        isOpen = true
      }
    }
    if !field.isEmpty { open.append(.text(field, isQuoted: false)) }
  }

  /// Appends several fields: the first joins what is open, the last stays open.
  mutating func append(fields list: [AbstractText], isQuoted: Bool) {
    for (index, field) in list.enumerated() {
      if index > 0 { endWord() }
      isOpen = isOpen || isQuoted
      append(field == .anyWords ? field : field.requoted(isQuoted))
    }
  }
}
