import GateModel

/// A command and its arguments, as far as they are known.
struct ToolCall {
  /// The command's base name.
  var tool: String
  var arguments: [AbstractText]

  /// Whether it only asks a program for its help or version.
  var asksForHelp: Bool {
    arguments.count == 1 && ["--help", "--version", "-V"].contains(arguments[0].known)
  }

  /// Arguments that are no options, and the options, both as known as they are; `--` ends the options.
  ///
  /// `valued` names the options whose value is the next argument.
  func split(valued: Set<String> = []) -> (operands: [AbstractText], options: [String]) {
    var operands: [AbstractText] = []
    var options: [String] = []
    var index = 0
    while index < arguments.count {
      let text = arguments[index].known
      if text == "--" {
        operands += arguments[(index + 1)...]
        break
      }
      if let text, text.hasPrefix("-"), text != "-" {
        options.append(text)
        if valued.contains(text) { index += 1 }
      } else {
        operands.append(arguments[index])
      }
      index += 1
    }
    return (operands, options)
  }
}

/// `dpkg --compare-versions`. Source: dpkg(1).
enum VersionTest {
  /// The answer; nil if the arguments ask for something else.
  static func answer(to arguments: [AbstractText]) -> Answer? {
    let words = arguments.drop { $0.known != "--compare-versions" }.dropFirst()
    guard words.count == 3, let relation = words.dropFirst().first?.known else {
      return arguments.first?.known == "--compare-versions" ? .unknown : nil
    }
    guard let left = words.first?.known, let right = words.last?.known else { return .unknown }
    return answer(left, relation, right)
  }

  private static func answer(_ left: String, _ relation: String, _ right: String) -> Answer {
    let emptyIsLater = relation.hasSuffix("-nl")
    let order = order(left, right, emptyIsLater: emptyIsLater)
    switch emptyIsLater ? String(relation.dropLast(3)) : relation {
    case "lt", "<<": return Answer(order == .earlier)
    case "le", "<=", "<": return Answer(order != .later)
    case "eq", "=": return Answer(order == .same)
    case "ne": return Answer(order != .same)
    case "ge", ">=", ">": return Answer(order != .earlier)
    case "gt", ">>": return Answer(order == .later)
    default: return .unknown
    }
  }

  /// An empty version is earlier than any other, and with `-nl` later.
  private static func order(_ left: String, _ right: String, emptyIsLater: Bool) -> VersionOrder {
    if left.isEmpty && right.isEmpty { return .same }
    if left.isEmpty { return emptyIsLater ? .later : .earlier }
    if right.isEmpty { return emptyIsLater ? .earlier : .later }
    return PackageVersion(left).order(relativeTo: PackageVersion(right))
  }
}

/// Tools that write to the files named in their arguments.
enum WritingTools {
  /// The files a call changes; nil if the tool changes none.
  static func targets(of call: ToolCall) -> [AbstractText]? {
    let (operands, options) = call.split()
    switch call.tool {
    case "touch", "rm", "tee", "truncate", "unlink": return operands
    case "cp", "mv", "ln", "install", "ucf": return operands.last.map { [$0] }
    case "sed", "perl":
      let isInPlace = options.contains { $0.hasPrefix("-i") || $0.hasPrefix("--in-place") }
      return isInPlace ? Array(operands.dropFirst()) : nil
    default: return nil
    }
  }
}
