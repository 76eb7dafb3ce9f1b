/// Reads the stream that apt writes to a `DPkg::Pre-Install-Pkgs` hook.
///
/// Versions 2 and 3 begin with `VERSION N`, then the configuration as `KEY=VALUE` lines, an empty line, and a line for
/// each action. Version 1 is only the paths of the .debs. Any bytes at all give a transaction; what is not understood
/// stands in ``HookTransaction/problems``, because a gated package may hide behind it.
public struct HookStreamParser {
  /// More problems than these are only counted: a person reads the first.
  private static let mostProblems = 10

  private var transaction = HookTransaction(protocolVersion: 1)
  private var otherProblems = 0

  /// The transaction that `bytes`, read to their end, tell of.
  public static func transaction(in bytes: [UInt8]) -> HookTransaction {
    var parser = HookStreamParser()
    parser.read(bytes)
    return parser.transaction
  }

  private mutating func read(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() } else { problem("it ends in the middle of a line", nil) }
    if let first = lines.first, let version = Self.version(first) {
      lines.removeFirst()
      readConfiguration(&lines, version: version)
    }
    for line in lines { readAction(line) }
    if otherProblems > 0 { transaction.problems.append("and \(otherProblems) more") }
  }

  /// `VERSION N`.
  private static func version(_ line: ArraySlice<UInt8>) -> Int? {
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count == 2, words[0] == "VERSION" else { return nil }
    return Int(words[1])
  }

  private mutating func readConfiguration(_ lines: inout ArraySlice<ArraySlice<UInt8>>, version: Int) {
    transaction.protocolVersion = version
    if !(2...3).contains(version) { problem("apt speaks version \(version) of the protocol, which is not known", nil) }
    while let line = lines.popFirst() {
      if line.isEmpty { return }
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        problem("a line of the configuration has no `=`", line)
        continue
      }
      transaction.configuration.settings.append(
        AptOption(key: Self.decoded(line[..<equals]), value: Self.decoded(line[line.index(after: equals)...])))
    }
    problem("it ends before the list of packages", nil)
  }

  /// Undoes apt's `%XX`; a `%` that is not followed by two hexadecimal digits stands for itself.
  /// Source: `QuoteString` and `DeQuoteString` in apt 2.6's apt-pkg/contrib/strutl.cc.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, let value = Self.hexadecimal(digits) {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func readAction(_ line: ArraySlice<UInt8>) {
    let action = transaction.protocolVersion == 1 ? Self.fileAction(line) : namedAction(line)
    guard let action else { return problem("a line does not say what is to be done", line) }
    transaction.actions.append(action)
  }

  private static func fileAction(_ line: ArraySlice<UInt8>) -> HookAction? {
    guard line.first == UInt8(ascii: "/") else { return nil }
    return HookAction(name: "", from: nil, to: nil, step: .unpack(path: String(decoding: line, as: UTF8.self)))
  }

  /// `name old [arch multi-arch] direction new [arch multi-arch] action`; only the action may have spaces in it.
  private func namedAction(_ line: ArraySlice<UInt8>) -> HookAction? {
    let width = transaction.protocolVersion == 2 ? 1 : 3
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2 + 2 * width, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3 + 2 * width, !words[0].isEmpty, ["<", "=", ">"].contains(words[1 + width]) else {
      return nil
    }
    guard let step = Self.step(words[2 + 2 * width]) else { return nil }
    let (from, to) = (words[1...width], words[(2 + width)...(1 + 2 * width)])
    guard !(from + to).contains("") else { return nil }
    return HookAction(name: words[0], from: Self.version(from), to: Self.version(to), step: step)
  }

  private static func version(_ words: ArraySlice<String>) -> HookVersion? {
    guard let version = words.first, version != "-" else { return nil }
    return HookVersion(version: version, architecture: words.dropFirst().first)
  }

  private static func step(_ word: String) -> HookAction.Step? {
    switch word {
    case "**CONFIGURE**": .configure
    case "**REMOVE**": .remove
    case "**ERROR**": .error
    case _ where word.hasPrefix("/"): .unpack(path: word)
    default: nil
    }
  }

  /// Keeps what is wrong, with as much of the line as a person needs.
  private mutating func problem(_ text: String, _ line: ArraySlice<UInt8>?) {
    guard transaction.problems.count < Self.mostProblems else {
      otherProblems += 1
      return
    }
    let quoted = line.map { ": `\(String(decoding: $0.prefix(120), as: UTF8.self))`" } ?? ""
    transaction.problems.append(text + quoted)
  }
}
