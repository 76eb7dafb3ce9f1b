import Foundation

/// What a real shell did with a script: the calls of tools that matter, and whether it ended with status 0.
struct RecordedRun {
  struct Call: Hashable {
    var tool: String
    var arguments: [String]
  }

  var calls: [Call]
  var succeeded: Bool
}

/// Runs generated scripts for real, in a directory of its own, with a `PATH` that only holds programs which write down
/// how they were called.
///
/// What is random is read from a file for each run: `maybe` succeeds or not, and a tool fails now and then.
final class RealShell {
  /// The answers of the first two runs are all yes and all no.
  static let answersPerRun = 300

  private let directory: URL
  private let shell: String

  init(shell: String, directory: URL) throws {
    self.shell = shell
    self.directory = directory
    let tools = directory.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    try Data(Self.prologue.utf8).write(to: directory.appendingPathComponent("prologue"))
    for tool in Self.recordedTools + ["maybe", "dpkg"] {
      let program = "#!/bin/dash\n. \(directory.path)/prologue\n\(tool) \"$@\"\n"
      let path = tools.appendingPathComponent(tool).path
      try Data(program.utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    for (name, target) in [("sh", "/bin/dash"), ("env", "/usr/bin/env"), ("cat", "/bin/cat")] {
      try FileManager.default.createSymbolicLink(
        atPath: tools.appendingPathComponent(name).path, withDestinationPath: target)
    }
  }

  static let recordedTools = ["systemctl", "service", "udevadm"]

  /// Each script is run with each of `answers`. The tools are functions in `sh`, which is fast, and are found by `PATH`
  /// where a function does not reach.
  func run(_ scripts: [GeneratedScript], answers: [[UInt8]]) throws -> [[RecordedRun]] {
    for (index, text) in answers.enumerated() { try write(text, "answers\(index)") }
    var driver = "ulimit -t 5\nexec 2>/dev/null\n. ./prologue\n"
    for (index, script) in scripts.enumerated() {
      try write(Array((Self.prologue + script.text).utf8), "script\(index)")
      let options = script.firstLine.hasSuffix(" -e") ? " -e" : ""
      let words = script.arguments.map { " '\($0)'" }.joined()
      for run in answers.indices {
        let environment = ["env -u ENVA", "env ENVA=", "env ENVA=w1", "env ENVA='w2 w3'"][run % 4]
        driver += """
          note @run \(index)
          \(environment) \(shell)\(options) ./script\(index)\(words) 8<answers\(run) </dev/null >/dev/null 2>&1
          note @end $?

          """
      }
    }
    try write(Array(driver.utf8), "driver")
    try write([], "log")
    try execute()
    let log = try Data(contentsOf: directory.appendingPathComponent("log"))
    return Self.runs(String(decoding: log, as: UTF8.self), count: scripts.count)
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: directory.appendingPathComponent(name))
  }

  private func execute() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/dash")
    process.arguments = ["-c", "exec 9>>log; . ./driver"]
    process.currentDirectoryURL = directory
    process.environment = ["PATH": directory.appendingPathComponent("bin").path, "LC_ALL": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  /// Records are words that each end with byte 31, and a newline.
  private static func runs(_ log: String, count: Int) -> [[RecordedRun]] {
    var runs = [[RecordedRun]](repeating: [], count: count)
    var (script, calls): (Int, [RecordedRun.Call]) = (0, [])
    for record in log.components(separatedBy: "\n\u{1F}") {
      let words = record.components(separatedBy: "\u{1F}").dropLast()
      guard let first = words.first else { continue }
      switch first {
      case "@run": (script, calls) = (words.last.flatMap { Int($0) } ?? 0, [])
      case "@end": runs[script].append(RecordedRun(calls: calls, succeeded: words.last == "0"))
      default: calls.append(.init(tool: first, arguments: Array(words.dropFirst())))
      }
    }
    return runs
  }

  /// Functions of the same names as the programs; they fail by `return`, so that `set -e` ends the script as it does for a
  /// program, outside of the function. File descriptor 8 has the answers, 9 is the log.
  private static let prologue = #"""
    note() { printf '%s\037' "$@" '
    ' >&9; }
    draw() { read -r _drawn <&8 || _drawn=1; _drawn=${_drawn:-1}; }
    maybe() { local _drawn; draw; [ "$_drawn" -ge 4 ] || return 1; }
    called() {
      local _drawn; note "$@"; draw
      case "$2$_drawn" in q*[0123]) echo printed text ;; q*4) echo w1 ;; esac
      [ "$_drawn" != 0 ]
    }
    systemctl() { called systemctl "$@" || return 1; }
    service() { called service "$@" || return 1; }
    udevadm() { called udevadm "$@" || return 1; }
    dpkg() {
      case "$2,$3,$4" in
        ,*-nl,*) set -- 9 "${3%-nl}" "$4" ;;
        ,*,*) set -- 0 "$3" "$4" ;;
        *) set -- "$2" "${3%-nl}" "$4" ;;
      esac
      [ "$1" "-$2" "$3" ]
    }

    """#
}
