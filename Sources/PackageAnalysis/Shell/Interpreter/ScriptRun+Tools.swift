import GateModel

extension ScriptRun {
  /// Runs a command that is neither a function nor the shell's own.
  func runTool(_ name: String, _ invocation: Invocation, _ state: ScriptState) -> Completion {
    let next = state.with(status: .unknown).printingAnything
    let tool = Self.baseName(name)
    if let inner = Wrapper.command(in: invocation, tool: tool) { return run(inner, from: invocation, next) }
    if tool == "dpkg", let answer = VersionTest.answer(to: invocation.arguments) {
      return Completion(next: state.with(status: answer))
    }
    if name.hasPrefix("/etc/init.d/") {
      record(ToolCall(tool: "service", arguments: [AbstractText(tool)] + invocation.arguments), state)
      return Completion(next: next)
    }
    let call = ToolCall(tool: tool, arguments: invocation.arguments)
    if ToolCatalog.matters(tool) {
      record(call, state)
      return Completion(next: ToolCatalog.isSilent(tool) ? state.with(status: .unknown) : next)
    }
    if let result = runFile(name, invocation, state) { return Completion(next: result) }
    if ToolCatalog.isHarmless(tool) || call.asksForHelp {
      reportWrites(call, state)
      return Completion(next: ToolCatalog.isSilent(tool) ? state.with(status: .unknown) : next)
    }
    if InlineProgram.isHarmless(call) { return Completion(next: next) }
    reportUnknown("runs `\(tool)`, whose effects are not known", state: state)
    return Completion(next: next)
  }

  static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  // MARK: Commands that run commands

  private func run(_ inner: Wrapper.Command, from invocation: Invocation, _ state: ScriptState) -> Completion {
    switch inner {
    case .words(let words, let isSure):
      guard !words.isEmpty else { return Completion(next: state) }
      var withoutFunctions = state
      if !isSure { withoutFunctions.isCertain = false }
      withoutFunctions.functions = [:]
      let end = contained(withoutFunctions, .script) {
        self.invoke(Invocation(words: words, standardInput: invocation.standardInput), $0)
      }
      var next = state
      next.status = isSure ? end.status : .unknown
      if state.output != nil { next.output = end.output }
      return Completion(next: next)
    case .text(let text, let parameters):
      guard let known = text.known else { return unknownText(text, state) }
      var inner = state
      inner.positional = positional(from: parameters)
      return Completion(next: runShell(inner) { self.runText(known, $0) }.restoring(from: state))
    case .standardInput:
      guard let text = invocation.standardInput else { return unknownText(.hole, state) }
      guard let known = text.known else { return unknownText(text, state) }
      return Completion(next: runShell(state) { self.runText(known, $0) }.restoring(from: state))
    case .directory(let directory, let arguments):
      runParts(directory, arguments, state)
      return Completion(next: state)
    }
  }

  private func unknownText(_ text: AbstractText, _ state: ScriptState) -> Completion {
    reportUnknown("runs a shell on text that is not known: `\(text.display)`", state: state)
    return Completion(next: state)
  }

  /// `run-parts DIRECTORY`: what each script in it would do. Source of the names it takes: run-parts(8).
  private func runParts(_ directory: AbstractText, _ arguments: [AbstractText], _ state: ScriptState) {
    guard let path = directory.known, let names = node.names(in: path) else {
      reportUnknown("runs every script in \(directory.display)", state: state)
      return
    }
    for name in names where name.utf8.allSatisfy({ $0.isNamePart || $0 == UInt8(ascii: "-") }) {
      var possible = state
      possible.isCertain = false
      let words = [AbstractText("\(path)/\(name)")] + arguments
      _ = contained(possible, .script) { self.invoke(Invocation(words: words), $0) }
    }
  }

  // MARK: Scripts of the package and of the node

  /// Follows a command that is a shell script; nil if it is none, or is not at hand.
  private func runFile(_ name: String, _ invocation: Invocation, _ state: ScriptState) -> ScriptState? {
    guard let (path, text) = script(named: name) else { return nil }
    var inner = state
    inner.positional = positional(from: invocation.arguments)
    return runShell(inner, stopsOnError: ShellInterpreterLine.stopsOnError(text.bytes)) {
      self.run(file: text.file(named: path), bytes: text.bytes, state: $0)
    }.restoring(from: state)
  }

  /// Runs `body` in a shell that starts anew in `state`.
  private func runShell(
    _ state: ScriptState, stopsOnError: Bool = false, _ body: (ScriptState) -> Completion
  ) -> ScriptState {
    contained(state, .script) { entry in
      var inner = entry
      inner.functions = [:]
      inner.stopsOnError = Answer(stopsOnError)
      return body(inner)
    }
  }

  /// The text of a command that is a shell script: by path, or a command that the package itself brings, or one of the
  /// node that is not known otherwise.
  private func script(named name: String) -> (path: String, text: ReadableText)? {
    let directories = ["/usr/sbin/", "/usr/bin/"]
    let paths = name.contains("/") ? [name] : directories.map { $0 + name }
    let isKnown = ToolCatalog.isHarmless(Self.baseName(name))
    for path in paths {
      guard let text = text(at: path), !isKnown || !text.mayDiffer else { continue }
      return ShellInterpreterLine.isShell(text.bytes) ? (path, text) : nil
    }
    return nil
  }

  /// Reports changes to files that mean something to the node.
  private func reportWrites(_ call: ToolCall, _ state: ScriptState) {
    guard let targets = WritingTools.targets(of: call) else { return }
    for target in targets { reportWrite(to: target, verb: call.tool, state) }
  }

  // MARK: Calls that matter

  private func record(_ call: ToolCall, _ state: ScriptState) {
    let outcome = CallEffects.outcome(of: call, ownsUnit: ownsUnit)
    let place = evidence(mentioning: outcome.mentions)
    findings.add(
      ScriptCall(
        tool: call.tool, arguments: call.arguments.map(\.known), certainty: certainty(state), evidence: place))
    for found in outcome.effects {
      report(
        Effect(
          kind: found.kind, unit: found.unit, verb: found.verb,
          certainty: found.isPossibleOnly ? .possible : certainty(state), evidence: place, package: contents.name,
          detail: found.detail))
    }
    for trigger in outcome.triggers { findings.add(trigger: trigger) }
  }

  /// Whether the package brings a unit file of this name.
  private func ownsUnit(_ unit: String) -> Bool {
    packagedPaths.contains("/usr/lib/systemd/system/" + unit) || packagedPaths.contains("/etc/systemd/system/" + unit)
  }
}

extension ScriptState {
  /// The state after another shell that was started in `before`.
  fileprivate func restoring(from before: ScriptState) -> ScriptState {
    var result = self
    result.functions = before.functions
    result.positional = before.positional
    return result
  }
}

/// The first line of a script. Source: execve(2), interpreter scripts.
enum ShellInterpreterLine {
  /// The base name of the interpreter; nil if there is no such line.
  static func interpreter(of bytes: [UInt8]) -> String? {
    guard bytes.starts(with: "#!".utf8) else { return nil }
    let line = bytes.dropFirst(2).prefix(256).prefix { $0 != .newline }
    let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\r" }
    let names = words.map { ScriptRun.baseName(String($0)) }
    return names.first == "env" ? names.dropFirst().first { !$0.hasPrefix("-") } : names.first
  }

  static func isShell(_ bytes: [UInt8]) -> Bool {
    interpreter(of: bytes).map { ["sh", "bash", "dash", "ksh", "mksh"].contains($0) } ?? false
  }

  /// Whether the line asks for `set -e`.
  static func stopsOnError(_ bytes: [UInt8]) -> Bool {
    let line = bytes.prefix(256).prefix { $0 != .newline }
    return String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst()
      .contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("e") }
  }
}
