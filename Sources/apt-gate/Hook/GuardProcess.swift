import AptSystem
import GateModel
import Glibc

/// A process of apt-gate's own that outlives the hook.
final class GuardProcess {
  let identity: ProcessIdentity
  /// What it writes.
  private let output: Int32
  private var isOver = false

  /// Starts apt-gate with `words` in a session of its own, which gets ready meanwhile.
  init(_ words: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Self.failure("a pipe cannot be made", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    do {
      let pid = try Self.spawn(words, output: ends[1])
      guard let identity = ProcessTable().identity(of: pid) else {
        Self.end(pid)
        throw CommandFailure(message: "the guard is gone")
      }
      self.identity = identity
    } catch {
      close(ends[0])
      throw error
    }
    output = ends[0]
  }

  deinit { close(output) }

  /// Waits until it writes `ready`. Throws if it is not ready in time, with what it said; it is ended then.
  func ready(by deadline: ContinuousClock.Instant) throws {
    var heard: [UInt8] = []
    while !Self.saysReady(heard) {
      guard let more = Self.read(output, by: deadline), !more.isEmpty else {
        end()
        let said = String(decoding: heard.prefix(300), as: UTF8.self).split(separator: "\n").joined(separator: "; ")
        throw CommandFailure(message: "the guard did not get ready\(said.isEmpty ? " in time" : ": \(said)")")
      }
      heard += more
    }
  }

  /// Ends it before it has done anything.
  func end() {
    guard !isOver else { return }
    isOver = true
    Self.end(identity.pid)
  }

  private static func end(_ child: pid_t) {
    kill(child, SIGKILL)
    waitpid(child, nil, 0)
  }

  /// Whether a line is `ready`: what is wrong with the configuration may be told before.
  private static func saysReady(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.dropLast().contains { $0.elementsEqual("ready".utf8) }
  }

  /// `POSIX_SPAWN_SETSID`. Source: glibc 2.36, posix/spawn.h; 2.26 and later.
  private static let newSession: Int32 = 0x80

  private static func spawn(_ words: [String], output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK))
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var arguments = (["apt-gate"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, &arguments, environ)
    guard result == 0 else { throw failure("the guard cannot be started", result) }
    return pid
  }

  /// What comes next; nil once the deadline is over, empty at the end.
  private static func read(_ descriptor: Int32, by deadline: ContinuousClock.Instant) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while ContinuousClock.now < deadline {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 20) > 0 else { continue }
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count >= 0 { return Array(bytes[..<count]) }
      if errno != EINTR { return [] }
    }
    return nil
  }

  private static func failure(_ what: String, _ number: Int32) -> CommandFailure {
    CommandFailure(message: "\(what): \(SystemError.text(number))")
  }
}
