/// Commands that run the command, or the shell text, in their arguments.
enum Wrapper {
  enum Command {
    /// `isSure`: whether it runs in any case.
    case words([AbstractText], isSure: Bool)
    case text(AbstractText, parameters: [AbstractText])
    case standardInput
    /// `run-parts`: every script in a directory.
    case directory(AbstractText, arguments: [AbstractText])
  }

  /// Options of each wrapper that take the next argument as their value, and operands before the command.
  private static let plain: [String: (valued: Set<String>, operands: Int)] = [
    "nice": (["-n"], 0), "ionice": (["-c", "-n", "-p"], 0), "nohup": ([], 0), "setsid": ([], 0), "chronic": ([], 0),
    "timeout": (["-k", "-s"], 1), "time": ([], 0), "sudo": (["-u", "-g"], 0), "flock": (["-w", "-E"], 1),
    "stdbuf": (["-i", "-o", "-e"], 0),
    "setpriv": (["--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set"], 0), "chrt": ([], 1),
    "taskset": ([], 1), "unshare": ([], 0),
    "xargs": (["-n", "-I", "-L", "-P", "-d", "-s", "-E", "-a"], 0), "eatmydata": ([], 0), "fakeroot": ([], 0),
    "runuser": (["-u", "-g"], 0), "systemd-cat": (["-t", "-p"], 0), "exec": ([], 0), "busybox": ([], 0),
  ]

  /// Options of flock(1) with which it may not run its command.
  private static let mayRefuse: Set<String?> = ["-n", "--nonblock", "-w", "--timeout"]

  /// What the call runs in turn; nil if the tool is no wrapper.
  static func command(in invocation: Invocation, tool: String) -> Command? {
    let arguments = invocation.arguments
    switch tool {
    case "sh", "bash", "dash": return shell(arguments)
    case "env": return .words(Array(arguments.drop(while: isOptionOrAssignment)), isSure: true)
    case "su": return substituteUser(arguments)
    case "runuser" where arguments.contains { $0.known == "-c" }: return substituteUser(arguments)
    case "find": return find(arguments)
    case "run-parts": return runParts(arguments)
    case "xargs":
      // What is read from standard input is appended: any number of words.
      guard case .words(let words, _)? = plainCommand(arguments, plain["xargs"]) else { return nil }
      return .words(words.isEmpty ? [] : words + [.anyWords], isSure: false)
    case "flock":
      guard case .words(let words, _)? = plainCommand(arguments, plain["flock"]) else { return nil }
      return .words(words, isSure: !arguments.contains { mayRefuse.contains($0.known) })
    default: return plain[tool].flatMap { plainCommand(arguments, $0) }
    }
  }

  private static func isOptionOrAssignment(_ word: AbstractText) -> Bool {
    word.knownPrefix.hasPrefix("-") || word.knownPrefix.contains("=")
  }

  private static func plainCommand(
    _ arguments: [AbstractText], _ shape: (valued: Set<String>, operands: Int)?
  ) -> Command? {
    guard let shape else { return nil }
    var rest = arguments[...]
    while let word = rest.first, word.knownPrefix.hasPrefix("-"), word.known != "-" {
      rest = rest.dropFirst(word.known.map(shape.valued.contains) == true ? 2 : 1)
      if word.known == "--" { break }
    }
    return .words(Array(rest.dropFirst(shape.operands)), isSure: true)
  }

  private static func shell(_ arguments: [AbstractText]) -> Command {
    var rest = arguments[...]
    while let word = rest.first {
      guard let option = word.known, option.hasPrefix("-") || option.hasPrefix("+") else {
        return .words(Array(rest), isSure: true)
      }
      rest = rest.dropFirst()
      if option.hasPrefix("-"), !option.hasPrefix("--"), option.contains("c") {
        return .text(rest.first ?? .hole, parameters: Array(rest.dropFirst(2)))
      }
      if option == "-s" { return .standardInput }
    }
    return .standardInput
  }

  /// `su [options] [-] [user] -c TEXT`.
  private static func substituteUser(_ arguments: [AbstractText]) -> Command {
    for (index, word) in arguments.enumerated() {
      if word.known == "-c" || word.known == "--command" {
        return .text(arguments.dropFirst(index + 1).first ?? .hole, parameters: [])
      }
      if let text = word.known, text.hasPrefix("--command=") {
        return .text(AbstractText(String(text.dropFirst("--command=".count))), parameters: [])
      }
    }
    return .standardInput
  }

  private static func find(_ arguments: [AbstractText]) -> Command? {
    let actions: Set<String> = ["-exec", "-execdir", "-ok", "-okdir"]
    guard let start = arguments.firstIndex(where: { $0.known.map(actions.contains) ?? false }) else { return nil }
    let words = arguments[(start + 1)...].prefix { $0.known != ";" && $0.known != "+" }
    return .words(words.map { $0.known == "{}" ? .hole : $0 }, isSure: false)
  }

  private static func runParts(_ arguments: [AbstractText]) -> Command {
    let passed = arguments.compactMap { word -> AbstractText? in
      let (name, value) = word.splitAtEquals
      return name == "--arg" ? value : nil
    }
    return .directory(arguments.last { !$0.knownPrefix.hasPrefix("-") } ?? .hole, arguments: passed)
  }
}
