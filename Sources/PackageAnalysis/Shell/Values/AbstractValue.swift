/// What a variable may hold: a small set of texts, and perhaps nothing at all.
struct AbstractValue: Hashable {
  /// More alternatives than this become one hole; real scripts choose between two or three.
  static let maximumAlternatives = 12

  /// Without repeats. Empty only for a variable that is surely unset.
  private(set) var texts: [AbstractText]
  var mayBeUnset: Bool

  static let unset = AbstractValue(texts: [], mayBeUnset: true)
  /// Any text.
  static let unknown = AbstractValue(texts: [.hole], mayBeUnset: false)
  /// Any text, or unset: a variable of the environment.
  static let environment = AbstractValue(texts: [.hole], mayBeUnset: true)

  init(texts: [AbstractText], mayBeUnset: Bool) {
    self.mayBeUnset = mayBeUnset
    var unique: [AbstractText] = []
    for text in texts where !unique.contains(text) { unique.append(text) }
    self.texts = unique.count > Self.maximumAlternatives ? [.hole] : unique
  }

  init(_ text: String) {
    self.init(texts: [AbstractText(text)], mayBeUnset: false)
  }

  init(_ text: AbstractText) {
    self.init(texts: [text], mayBeUnset: false)
  }

  /// The text, if there is just one and all of it is known. An unset variable expands to the empty text.
  var known: String? {
    if texts.isEmpty { return "" }
    guard texts.count == 1, let text = texts[0].known, !mayBeUnset || text.isEmpty else { return nil }
    return text
  }

  /// The texts that an expansion may give.
  var expansions: [AbstractText] {
    mayBeUnset && !texts.contains(.empty) ? texts + [.empty] : texts
  }

  func joined(with other: AbstractValue) -> AbstractValue {
    self == other
      ? self : AbstractValue(texts: texts + other.texts, mayBeUnset: mayBeUnset || other.mayBeUnset)
  }

  /// The value where it is known to expand to one of `texts`.
  func restricted(to texts: [AbstractText]) -> AbstractValue {
    AbstractValue(texts: texts, mayBeUnset: mayBeUnset && texts.contains { $0.mayBeEmpty })
  }

  /// The same, or anything else.
  var orAnything: AbstractValue { AbstractValue(texts: texts + [.hole], mayBeUnset: mayBeUnset) }
}

/// Yes, no, or not known.
enum Answer: Hashable {
  case yes, no, unknown

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (answer: Answer) -> Answer {
    switch answer {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  static func && (left: Answer, right: Answer) -> Answer {
    if left == .no || right == .no { return .no }
    return left == .yes && right == .yes ? .yes : .unknown
  }

  static func || (left: Answer, right: Answer) -> Answer { !(!left && !right) }

  /// What all say, if they agree.
  init(agreedBy answers: [Answer]) {
    self = answers.dropFirst().reduce(answers.first ?? .unknown) { $0.joined(with: $1) }
  }

  /// What both say, if they agree.
  func joined(with other: Answer) -> Answer { self == other ? self : .unknown }
}
