public import GateModel
internal import Glibc

/// The kernel's list of processes. Source: proc(5).
public struct ProcessTable: Sendable {
  private let folder: String

  public init(folder: String = "/proc") {
    self.folder = folder
  }

  /// The process with that number now; nil if there is none.
  public func identity(of pid: Int32) -> ProcessIdentity? {
    stat(of: pid).map { ProcessIdentity(pid: pid, start: $0.start) }
  }

  /// Whether it still runs. A process that ended and was not waited for does not.
  public func isRunning(_ process: ProcessIdentity) -> Bool {
    stat(of: process.pid).map { $0.start == process.start && !"ZX".contains($0.state) } ?? false
  }

  /// Who called a hook whose parent is `parent`: the nearest ancestor that is no shell.
  public func caller(parent: Int32) -> ProcessIdentity? {
    var pid = parent
    for _ in 0..<Self.mostGenerations {
      guard pid > 1, let stat = stat(of: pid) else { return nil }
      if !Self.shells.contains(stat.name) { return ProcessIdentity(pid: pid, start: stat.start) }
      pid = stat.parent
    }
    return nil
  }

  /// `pid` and what it descends from, the nearest first. apt forks before it calls some of its hooks and does not before
  /// others, so a hook is known to be apt's by any of these.
  public func ancestry(of pid: Int32) -> [ProcessIdentity] {
    var ancestry: [ProcessIdentity] = []
    var pid = pid
    while ancestry.count < Self.mostGenerations, pid > 1, let stat = stat(of: pid) {
      ancestry.append(ProcessIdentity(pid: pid, start: stat.start))
      pid = stat.parent
    }
    return ancestry
  }

  /// The run that `process` is a step of: python-apt, and so unattended-upgrades, forks for each commit, and such a fork
  /// has its parent's command line.
  public func run(of process: ProcessIdentity) -> ProcessIdentity {
    var run = process
    for _ in 0..<Self.mostGenerations {
      guard let own = stat(of: run.pid), own.parent > 1, let parent = stat(of: own.parent),
        let words = commandLine(of: run.pid), words == commandLine(of: own.parent)
      else { break }
      run = ProcessIdentity(pid: own.parent, start: parent.start)
    }
    return run
  }

  private static let mostGenerations = 64
  /// What `sh -c` may be, which apt runs its hooks with.
  private static let shells: Set<String> = ["sh", "dash", "bash", "busybox", "env", "timeout", "strace"]

  private struct Stat {
    var name: String
    var state: Character
    var parent: Int32
    var start: UInt64
  }

  private func stat(of pid: Int32) -> Stat? {
    guard let text = text("\(pid)/stat"), let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
      open < close
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, let state = fields[0].first, let parent = Int32(fields[1]), let start = UInt64(fields[19])
    else { return nil }
    return Stat(name: String(text[text.index(after: open)..<close]), state: state, parent: parent, start: start)
  }

  /// The words, each with a zero at its end; nil if there are none.
  private func commandLine(of pid: Int32) -> String? {
    text("\(pid)/cmdline").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Files of /proc have no size, so they are read to their end.
  private func text(_ name: String) -> String? {
    guard let file = OpenFile("\(folder)/\(name)") else { return nil }
    return file.read(limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
  }
}
