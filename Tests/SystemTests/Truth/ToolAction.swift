/// What one call of a tool does to one object: a verb and, for most tools, a unit. A call that names several units is
/// several actions.
///
/// A word is nil where the analysis did not know it.
struct ToolAction: Hashable, CustomStringConvertible {
  var tool: String
  /// nil inside: an unknown word; nil outside: the call has no verb.
  var verb: String??
  var object: String??

  var description: String {
    [tool, Self.text(verb), Self.text(object)].compactMap { $0 }.joined(separator: " ")
  }

  private static func text(_ word: String??) -> String? { word.map { $0 ?? "?" } }

  /// The actions of the call of `tool` with `arguments`.
  static func actions(tool: String, arguments: [String?]) -> [ToolAction] {
    let words = operands(of: tool, arguments)
    if tool == "dpkg-trigger" {
      return words.isEmpty ? [ToolAction(tool: tool)] : words.map { ToolAction(tool: tool, object: .some(unit($0))) }
    }
    let (verb, objects) = parts(of: tool, words)
    guard !objects.isEmpty else { return [ToolAction(tool: tool, verb: verb)] }
    return objects.map { ToolAction(tool: tool, verb: verb, object: .some(hasUnits(tool) ? unit($0) : $0)) }
  }

  /// The verb stands first, and with System V's tools second.
  private static func parts(of tool: String, _ words: [String?]) -> (verb: String??, objects: [String?]) {
    let isSystemV = tool == "invoke-rc.d" || tool == "service"
    guard isSystemV else { return (words.first, Array(words.dropFirst())) }
    return (words.dropFirst().first, Array(words.prefix(1)))
  }

  /// The words that are no options. Where options are the verb (`update-initramfs -u`), all words.
  private static func operands(of tool: String, _ arguments: [String?]) -> [String?] {
    guard !verbIsOption.contains(tool) else { return arguments }
    var operands: [String?] = []
    var isValue = false
    for word in arguments {
      if isValue {
        isValue = false
      } else if let word, word.hasPrefix("-") {
        isValue = valued[tool]?.contains(word) ?? false
      } else {
        operands.append(word)
      }
    }
    return operands
  }

  private static let verbIsOption: Set<String> = ["update-initramfs", "sysctl", "start-stop-daemon"]
  /// Options whose value is the next word. Source: systemctl(1), udevadm(8), each of systemd 252.
  private static let valued: [String: Set<String>] = [
    "systemctl": ["-p", "-P", "-t", "-s", "-n", "-o", "-H", "-M", "--property", "--type", "--signal", "--root"],
    "udevadm": ["-s", "-S", "-a", "-A", "-p", "-g", "-c", "-t", "-y", "--action", "--timeout", "--subsystem-match"],
  ]

  private static func hasUnits(_ tool: String) -> Bool {
    ["systemctl", "deb-systemd-invoke", "deb-systemd-helper"].contains(tool)
  }

  /// The name with its suffix. Source: systemctl(1), "if unit names without suffix are given, .service is appended".
  private static func unit(_ word: String?) -> String? {
    guard let word, !word.isEmpty, !word.contains("."), !word.hasPrefix("/") else { return word }
    return word + ".service"
  }
}
