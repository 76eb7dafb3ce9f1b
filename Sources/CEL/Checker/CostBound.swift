/// How many steps an evaluation takes at least and at most, as far as it can be known before.
public struct CostBound: Hashable, Sendable {
  /// Steps every evaluation takes at least.
  public let minimum: Int
  /// Saturates at `Int.max` where the expression multiplies too much to count.
  public let maximum: Int
}

/// Bounds the cost of an expression from its form alone: literals have their size, everything else the assumed one.
struct CostEstimator {
  let assumedSize: Int
  /// Nodes whose value is a number, a bool or a time: their size is one.
  let scalars: Set<Int>

  /// The most an evaluation costs, and the largest size its value may have.
  private struct Estimate {
    var minimum = 0
    var maximum = 0
    var size = 1

    static func + (a: Estimate, b: Estimate) -> Estimate {
      Estimate(minimum: a.minimum.plus(b.minimum), maximum: a.maximum.plus(b.maximum), size: max(a.size, b.size))
    }
  }

  func bound(_ root: Expression) -> CostBound {
    let estimate = estimate(root)
    return CostBound(minimum: estimate.minimum, maximum: estimate.maximum)
  }

  private func estimate(_ node: Expression) -> Estimate {
    var result = sized(node)
    if scalars.contains(node.id) { result.size = 1 }
    return result
  }

  private func sized(_ node: Expression) -> Estimate {
    switch node.kind {
    case .literal(let value): return Estimate(minimum: 1, maximum: 1, size: Self.size(of: value))
    case .identifier: return Estimate(minimum: 1, maximum: 1, size: assumedSize)
    case .comprehension(let macro): return loop(macro)
    case .call(Operator.and, let arguments), .call(Operator.or, let arguments),
      .call(Operator.conditional, let arguments):
      let parts = arguments.map(estimate)
      var result = parts.reduce(Estimate(), +)
      result.minimum = parts.first.map { $0.minimum.plus(1) } ?? 1
      result.maximum = result.maximum.plus(1)
      return result
    case .list, .map: return composite(node)
    default: return work(node)
    }
  }

  /// An operation costs its operands and may look at all of them.
  private func work(_ node: Expression) -> Estimate {
    let parts = node.children.map(estimate)
    var result = parts.reduce(Estimate(), +)
    let sizes = parts.map(\.size).reduce(0) { $0.plus($1) }
    result.minimum = result.minimum.plus(1)
    result.maximum = result.maximum.plus(1).plus(sizes)
    result.size = max(1, sizes)
    if case .select = node.kind { result.size = assumedSize }
    if case .call(Operator.index, _) = node.kind { result.size = assumedSize }
    return result
  }

  private func composite(_ node: Expression) -> Estimate {
    var result = node.children.map(estimate).reduce(Estimate(), +)
    let count = node.children.count
    result.minimum = result.minimum.plus(1 + count)
    result.maximum = result.maximum.plus(1 + count)
    result.size = max(result.size, count)
    return result
  }

  private func loop(_ macro: Comprehension) -> Estimate {
    let range = estimate(macro.range)
    let filter = macro.filter.map(estimate) ?? Estimate()
    let body = estimate(macro.body)
    let each = filter.maximum.plus(body.maximum).plus(2)
    return Estimate(
      minimum: range.minimum.plus(1), maximum: range.maximum.plus(range.size.times(each)).plus(1),
      size: max(range.size, body.size))
  }

  private static func size(of value: Value) -> Int {
    switch value {
    case .string(let text): max(1, text.utf8.count >> 4)
    case .bytes(let bytes): max(1, bytes.count >> 4)
    default: 1
    }
  }
}

extension Int {
  fileprivate func plus(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  fileprivate func times(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
