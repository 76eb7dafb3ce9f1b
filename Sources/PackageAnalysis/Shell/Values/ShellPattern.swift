/// A shell pattern such as `2.[0-4]*`. Source: POSIX.1-2017, Shell Command Language, section 2.13.
struct ShellPattern {
  private enum Element {
    case literal(Unicode.Scalar)
    case anyOne, anyMany
    case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    /// Text of which nothing is known.
    case hole
  }

  private var elements: [Element] = []

  init(_ text: AbstractText) {
    for piece in text.pieces {
      switch piece {
      case .hole: elements.append(.hole)
      case .text(let text, isQuoted: true): elements += text.unicodeScalars.map { .literal($0) }
      case .text(let text, isQuoted: false): append(pattern: Array(text.unicodeScalars))
      }
    }
  }

  private mutating func append(pattern: [Unicode.Scalar]) {
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case "*": elements.append(.anyMany)
      case "?": elements.append(.anyOne)
      case "[":
        if let (element, end) = Self.bracket(pattern, from: index) {
          elements.append(element)
          index = end
        } else {
          elements.append(.literal("["))
        }
      default: elements.append(.literal(pattern[index]))
      }
      index += 1
    }
  }

  /// A bracket expression and the index of its `]`; nil if there is none.
  private static func bracket(_ pattern: [Unicode.Scalar], from start: Int) -> (Element, Int)? {
    var index = start + 1
    guard index < pattern.count else { return nil }
    let isNegated = pattern[index] == "!" || pattern[index] == "^"
    if isNegated { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let first = index
    while index < pattern.count, pattern[index] != "]" || index == first {
      if pattern[index] == "[", index + 1 < pattern.count, pattern[index + 1] == ":" { return nil }
      let low = pattern[index]
      if index + 2 < pattern.count, pattern[index + 1] == "-", pattern[index + 2] != "]", low <= pattern[index + 2] {
        ranges.append(low...pattern[index + 2])
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    return index < pattern.count ? (.oneOf(ranges, isNegated: isNegated), index) : nil
  }

  /// Whether the whole of `subject` matches.
  func matches(_ subject: AbstractText) -> Answer {
    if elements.count == 1, case .anyMany = elements[0] { return .yes }
    let hasHole = elements.contains { if case .hole = $0 { true } else { false } }
    if let text = subject.known, !hasHole { return Answer(matches(Array(text.unicodeScalars))) }
    return contradicts(subject) ? .no : .unknown
  }

  /// Whether the literal ends of the pattern cannot stand at the known ends of `subject`.
  private func contradicts(_ subject: AbstractText) -> Bool {
    let prefix = Array(subject.knownPrefix.unicodeScalars)
    let suffix = Array(subject.knownSuffix.unicodeScalars.reversed())
    return Self.differs(prefix, literals(elements)) || Self.differs(suffix, literals(elements.reversed()))
  }

  private func literals(_ elements: [Element]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for element in elements {
      guard case .literal(let scalar) = element else { break }
      result.append(scalar)
    }
    return result
  }

  private static func differs(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
    zip(left, right).contains { $0 != $1 }
  }

  /// Greedy matching with one point to go back to: linear for patterns with few stars.
  func matches(_ text: [Unicode.Scalar]) -> Bool {
    var (position, element) = (0, 0)
    var retry: (position: Int, element: Int)?
    while position < text.count || element < elements.count {
      if element < elements.count, case .anyMany = elements[element] {
        retry = (position, element)
        element += 1
      } else if element < elements.count, position < text.count, accepts(elements[element], text[position]) {
        element += 1
        position += 1
      } else if let (start, star) = retry, start < text.count {
        retry = (start + 1, star)
        (position, element) = (start + 1, star + 1)
      } else {
        return false
      }
    }
    return true
  }

  private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
    switch element {
    case .literal(let expected): expected == scalar
    case .anyOne, .anyMany, .hole: true
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }

  /// `text` without the shortest or longest beginning, or end, that matches.
  func removing(from text: String, atEnd: Bool, longest: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    let lengths = longest ? Array((0...scalars.count).reversed()) : Array(0...scalars.count)
    for length in lengths {
      let candidate = atEnd ? scalars.suffix(length) : scalars.prefix(length)
      guard matches(Array(candidate)) else { continue }
      let rest = atEnd ? scalars.dropLast(length) : scalars.dropFirst(length)
      var result = String.UnicodeScalarView()
      result.append(contentsOf: rest)
      return String(result)
    }
    return text
  }

  /// Whether it has a wildcard, so that the shell would look for files.
  var hasWildcard: Bool {
    elements.contains { element in
      switch element {
      case .anyOne, .anyMany, .oneOf: true
      case .literal, .hole: false
      }
    }
  }
}
