/// A node of an expression's tree, after macros are expanded.
struct Expression: Sendable {
  /// Unique within the expression, from 0 on; indexes the checker's types.
  let id: Int
  let range: SourceRange
  /// Where errors point to: the operator or the name rather than the start of the operand.
  let anchor: SourceRange
  /// Length of the longest path below; bounded by the parser, so that recursion over the tree is.
  let height: Int
  let kind: Kind

  indirect enum Kind: Sendable {
    case literal(Value)
    /// A name; begins with `.` where it is absolute.
    case identifier(String)
    case select(Expression, field: String, mode: SelectMode)
    /// A function or an operator by its internal name, such as `_+_`.
    case call(String, [Expression])
    case member(Expression, String, [Expression])
    case list([Element])
    case map([Entry])
    case message(String, [Field])
    case comprehension(Comprehension)
    case bind(name: String, value: Expression, body: Expression)
    case optionalMap(Expression, name: String, body: Expression, isFlat: Bool)
    case block([Expression], Expression)
    /// Stands for text that could not be read; an issue says why.
    case invalid
  }

  enum SelectMode: Sendable { case plain, optional, test }

  struct Element: Sendable {
    let value: Expression
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: Expression
    let value: Expression
    let isOptional: Bool
  }

  struct Field: Sendable {
    let name: String
    let value: Expression
    let isOptional: Bool
  }
}

/// A macro that walks a list or a map.
struct Comprehension: Sendable {
  enum Goal: Sendable { case all, exists, existsOne, list, map, mapEntry }

  let goal: Goal
  let range: Expression
  /// The element of a list or the key of a map; with two names, the index or the key.
  let first: String
  /// The element or the value, in macros with two variables.
  let second: String?
  let filter: Expression?
  /// The predicate, or what becomes the element.
  let body: Expression
}

extension Expression {
  /// The nodes directly below.
  var children: [Expression] {
    switch kind {
    case .literal, .identifier, .invalid: []
    case .select(let operand, _, _): [operand]
    case .call(_, let arguments): arguments
    case .member(let target, _, let arguments): [target] + arguments
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .comprehension(let macro): [macro.range] + (macro.filter.map { [$0] } ?? []) + [macro.body]
    case .bind(_, let value, let body): [value, body]
    case .optionalMap(let target, _, let body, _): [target, body]
    case .block(let values, let body): values + [body]
    }
  }

  /// `a.b.c` as its names, where the expression is nothing but names; a leading `.` stays with the first.
  var qualifiedName: String? {
    switch kind {
    case .identifier(let name): name
    case .select(let operand, let field, .plain): operand.qualifiedName.map { "\($0).\(field)" }
    default: nil
    }
  }
}

/// The internal names of operators, as cel-spec's standard definitions have them.
enum Operator {
  static let and = "_&&_"
  static let or = "_||_"
  static let not = "!_"
  static let conditional = "_?_:_"
  static let equal = "_==_"
  static let notEqual = "_!=_"
  static let less = "_<_"
  static let lessOrEqual = "_<=_"
  static let greater = "_>_"
  static let greaterOrEqual = "_>=_"
  static let isIn = "@in"
  static let add = "_+_"
  static let subtract = "_-_"
  static let multiply = "_*_"
  static let divide = "_/_"
  static let modulo = "_%_"
  static let negate = "-_"
  static let index = "_[_]"
  static let optionalIndex = "_[?_]"
}
