import AptSystem
import TestSupport

/// A stream as apt 2.6 writes it, made from a transaction: the other half of the round trip.
enum HookStream {
  static func bytes(of transaction: HookTransaction) -> [UInt8] {
    guard transaction.protocolVersion > 1 else {
      return transaction.actions.flatMap { step($0.step) + [10] }
    }
    var bytes = Array("VERSION \(transaction.protocolVersion)\n".utf8)
    for setting in transaction.configuration.settings {
      bytes += quoted(setting.key, "=\"\n") + [UInt8(ascii: "=")] + quoted(setting.value, "\n") + [10]
    }
    bytes.append(10)
    return bytes + transaction.actions.flatMap { line($0, version: transaction.protocolVersion) }
  }

  private static func line(_ action: HookAction, version: Int) -> [UInt8] {
    let words = [
      action.name, words(action.from, version), action.to == nil ? ">" : "<", words(action.to, version),
    ]
    return Array((words.joined(separator: " ") + " ").utf8) + step(action.step) + [10]
  }

  private static func words(_ version: HookVersion?, _ number: Int) -> String {
    guard let version else { return number == 2 ? "-" : "- - none" }
    return number == 2 ? version.version : "\(version.version) \(version.architecture ?? "-") foreign"
  }

  private static func step(_ step: HookAction.Step) -> [UInt8] {
    switch step {
    case .unpack(let path): Array(path.utf8)
    case .configure: Array("**CONFIGURE**".utf8)
    case .remove: Array("**REMOVE**".utf8)
    case .error: Array("**ERROR**".utf8)
    }
  }

  private static func quoted(_ text: String, _ bad: String) -> [UInt8] {
    text.utf8.flatMap { byte -> [UInt8] in
      guard bad.utf8.contains(byte) || byte < 0x21 || byte > 0x7e || byte == UInt8(ascii: "%") else { return [byte] }
      let digits = String(byte, radix: 16)
      return Array("%".utf8) + Array((digits.count == 1 ? "0" + digits : digits).utf8)
    }
  }
}

extension Seed {
  mutating func transaction() -> HookTransaction {
    let version = 1 + below(3)
    let settings = (0..<below(4)).map { _ in AptOption(key: word("k"), value: text()) }
    let actions = (0..<below(6)).map { _ in action(version: version) }
    return HookTransaction(
      protocolVersion: version, configuration: HookConfiguration(settings: version == 1 ? [] : settings),
      actions: actions)
  }

  private mutating func action(version: Int) -> HookAction {
    let path = "/var/cache/\(word("a b"))_1_amd64.deb"
    guard version > 1 else { return HookAction(name: "", from: nil, to: nil, step: .unpack(path: path)) }
    let steps: [HookAction.Step] = [.unpack(path: path), .configure, .remove, .error]
    return HookAction(name: word("p"), from: hookVersion(version), to: hookVersion(version), step: steps[below(4)])
  }

  private mutating func hookVersion(_ number: Int) -> HookVersion? {
    below(3) == 0 ? nil : HookVersion(version: word("1:"), architecture: number == 2 ? nil : "amd64")
  }

  private mutating func word(_ start: String) -> String { start + String(below(1000)) }

  private mutating func text() -> String {
    String((0..<below(12)).map { _ in Character(["a", "%", "\n", " ", "=", "\"", "é", "\u{1b}"][below(8)]) })
  }
}
