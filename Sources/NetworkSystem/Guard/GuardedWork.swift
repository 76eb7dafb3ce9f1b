internal import CNetlink
import Glibc

/// What the guard watches over: it goes on until that has ended.
public protocol GuardedWork: AnyObject {
  /// Readable when there is something to look at.
  var descriptors: [Int32] { get }
  /// Looks at it. True when the work has ended.
  func hasEnded() throws(NetworkSystemError) -> Bool
}

/// A process that was there before, such as apt: the guard sees it go, however it ends.
///
/// A signal that asks the guard to end (INT, TERM, HUP, QUIT) ends its watch too, but not its duties.
public final class WatchedProcess: GuardedWork {
  private let process: Int32
  private let signals: Int32

  /// Throws `process` if there is no such process.
  public init(_ pid: Int32) throws(NetworkSystemError) {
    process = cgd_pidfd(pid)
    guard process >= 0 else { throw .system(Int(process), "cannot watch the process \(pid)", otherwise: .process) }
    signals = cgd_signals()
    guard signals >= 0 else { throw .system(Int(signals), "cannot wait for signals", otherwise: .process) }
  }

  deinit {
    close(process)
    if signals >= 0 { close(signals) }
  }

  public var descriptors: [Int32] { [process, signals] }

  public func hasEnded() -> Bool {
    var isFromTerminal: Int32 = 0
    return cgd_next_signal(signals, &isFromTerminal) > 0 || cnl_is_readable(process) > 0
  }
}

/// A command that the guard starts. Signals that ask the guard to end are passed on to it.
public final class GuardedCommand: GuardedWork {
  /// How the command ended.
  public enum Ending: Sendable, Hashable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  private let words: [String]
  private let sendsOutputToErrors: Bool
  private let signals: Int32
  private var pid: Int32 = -1
  private var process: Int32 = -1
  public private(set) var ending: Ending?

  /// With `sendsOutputToErrors` its standard output goes where its standard error goes.
  public init(_ words: [String], sendsOutputToErrors: Bool = false) throws(NetworkSystemError) {
    self.words = words
    self.sendsOutputToErrors = sendsOutputToErrors
    signals = cgd_signals()
    guard signals >= 0 else { throw .system(Int(signals), "cannot wait for signals", otherwise: .process) }
  }

  deinit {
    close(signals)
    if process >= 0 { close(process) }
  }

  /// Starts it. Throws `process` if there is no such program or it cannot be run.
  public func start() throws(NetworkSystemError) {
    var pointers = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    pid = cgd_spawn(&pointers, sendsOutputToErrors ? STDERR_FILENO : -1, 0)
    guard pid > 0 else { throw .system(Int(pid), "cannot run `\(words[0])`", otherwise: .process) }
    process = cgd_pidfd(pid)
    guard process >= 0 else { throw .system(Int(process), "cannot watch `\(words[0])`", otherwise: .process) }
  }

  public var descriptors: [Int32] { ending == nil ? [process, signals] : [signals] }

  public func hasEnded() -> Bool {
    var isFromTerminal: Int32 = 0
    while case let signal = cgd_next_signal(signals, &isFromTerminal), signal > 0 {
      // What the terminal sends it sends to the command as well.
      if isFromTerminal == 0, ending == nil { kill(pid, signal) }
    }
    if ending == nil { reap() }
    return ending != nil
  }

  private func reap() {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return }
    ending = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
  }
}
