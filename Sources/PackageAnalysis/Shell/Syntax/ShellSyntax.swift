import GateModel

/// A shell script as it was written: a sequence of lists. Source of the grammar: POSIX.1-2017, Shell Command Language,
/// section 2.10, with the parts of bash that maintainer scripts use.
typealias ShellSequence = [ShellList]

/// Pipelines joined by `&&` and `||`.
struct ShellList {
  enum Connector { case and, or }

  var first: ShellPipeline
  var rest: [(connector: Connector, pipeline: ShellPipeline)]
  var runsInBackground: Bool
}

/// Commands joined by `|`.
struct ShellPipeline {
  var commands: [ShellCommand]
  var isNegated: Bool
}

/// One command with its redirections.
struct ShellCommand {
  indirect enum Kind {
    case simple(assignments: [ShellAssignment], words: [ShellWord])
    case group(ShellSequence)
    case subshell(ShellSequence)
    case conditional(branches: [ShellBranch], otherwise: ShellSequence?)
    case loop(condition: ShellSequence, body: ShellSequence, isUntil: Bool)
    /// `words` nil stands for `"$@"`.
    case iteration(variable: String, words: [ShellWord]?, body: ShellSequence)
    /// A loop of which the number of turns is not known: `for ((...))`, `select`.
    case unboundedLoop(body: ShellSequence)
    case selection(subject: ShellWord, items: [ShellCaseItem])
    case function(name: String, body: ShellFunction)
    /// bash's `[[ ... ]]`; operators stand as unquoted words.
    case extendedTest([ShellWord])
    /// bash's `(( ... ))`.
    case arithmetic
  }

  var kind: Kind
  var redirections: [ShellRedirection]
  /// From 1.
  var line: Int
}

struct ShellBranch {
  var condition: ShellSequence
  var body: ShellSequence
}

struct ShellCaseItem {
  enum Terminator { case leave, fallThrough, testNext }

  var patterns: [ShellWord]
  var body: ShellSequence
  var terminator: Terminator
}

/// The body of a function; a reference type, so that two states can tell whether they mean the same one.
final class ShellFunction {
  let body: ShellCommand
  /// The file that defines it: lines count there.
  let file: ScriptFile

  init(body: ShellCommand, file: ScriptFile) {
    self.body = body
    self.file = file
  }
}

struct ShellAssignment {
  var name: String
  var value: ShellWord
  var appends: Bool
}

/// A word before expansion.
struct ShellWord {
  var parts: [ShellWordPart]
  var line: Int

  /// The text of a word that needs no expansion; nil for any other.
  var literal: String? {
    var text = ""
    for part in parts {
      guard case .literal(let piece, _) = part else { return nil }
      text += piece
    }
    return text
  }
}

indirect enum ShellWordPart {
  case literal(String, isQuoted: Bool)
  case parameter(ShellParameter, isQuoted: Bool)
  case command(ShellSequence, isQuoted: Bool)
  /// Arithmetic, a process substitution or anything else whose text is not known.
  case opaque(isQuoted: Bool)
}

/// A parameter expansion such as `${1:-none}`.
struct ShellParameter {
  enum Operation {
    case none, length
    /// `-`, `=`, `+`, `?`, each with or without the colon that also tests for empty.
    case useDefault(ifEmpty: Bool), assignDefault(ifEmpty: Bool), useAlternative(ifEmpty: Bool), fail
    case removePrefix(longest: Bool), removeSuffix(longest: Bool)
    /// bash's substitutions and substrings.
    case unsupported
  }

  var name: String
  var operation: Operation
  var argument: ShellWord?
}

struct ShellRedirection {
  enum Kind {
    case input, output
    /// `<&` and `>&`.
    case duplicate
    case hereDocument(ShellHereDocument)
    case hereString
  }

  var kind: Kind
  /// The file descriptor on the left; nil for the default one.
  var descriptor: Int?
  var target: ShellWord
}

/// The body is read after the line that names it, so it is filled in later.
final class ShellHereDocument {
  let delimiter: String
  let isQuoted: Bool
  let stripsTabs: Bool
  var body: ShellWord

  init(delimiter: String, isQuoted: Bool, stripsTabs: Bool, line: Int) {
    self.delimiter = delimiter
    self.isQuoted = isQuoted
    self.stripsTabs = stripsTabs
    body = ShellWord(parts: [], line: line)
  }
}

/// A file that is read as shell, for evidence: its name and its lines.
final class ScriptFile {
  /// `PACKAGE.SCRIPT` or a path.
  let name: String
  /// Whether it is from the new .deb or from the node.
  let basis: EvidenceBasis
  private let bytes: [UInt8]
  private lazy var lines: [ArraySlice<UInt8>] = bytes.split(
    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)

  init(name: String, bytes: [UInt8], basis: EvidenceBasis) {
    self.name = name
    self.basis = basis
    self.bytes = bytes
  }

  /// The line with this number from 1, without the white space around it; at most 400 bytes of it.
  func text(ofLine number: Int) -> String {
    guard lines.indices.contains(number - 1) else { return "" }
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    let line = lines[number - 1].drop(while: isBlank).prefix(400)
    let end = line.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? line.startIndex
    return String(decoding: line[line.startIndex..<end], as: UTF8.self)
  }
}
