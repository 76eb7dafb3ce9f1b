import GateConfiguration
import Glibc

/// The notify command in a process group of its own, with a deadline, and a process of apt-gate's own that keeps it.
enum NotifyProcess {
  /// Starts `apt-gate hook notify` with `document` on its standard input, and does not wait for it: a hook must not take
  /// longer because a person is told of it.
  static func start(_ settings: NotifySettings, document: String) throws {
    let input = try file(with: document)
    defer { fclose(input) }
    let seconds = max(1, settings.deadline.components.seconds)
    let words = ["apt-gate", "hook", "notify", "--deadline", "\(seconds)s", "--"] + settings.command
    _ = try spawn("/proc/self/exe", words, input: fileno(input), flags: newSession)
  }

  /// How the command ended.
  enum End: Sendable, Hashable {
    case exited(Int32)
    case killed(Int32)
    /// It was ended at its deadline, with all of its own.
    case late
  }

  /// Runs the command with this process's standard input, to its end or to the deadline.
  static func run(_ command: [String], limit: Duration) throws -> End {
    guard let program = command.first else { throw CommandFailure(message: "there is no notify command") }
    let pid = try spawn(program, command, input: 0, flags: Int16(POSIX_SPAWN_SETPGROUP))
    let deadline = ContinuousClock.now + limit
    var status: Int32 = 0
    while waitpid(pid, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else {
        kill(-pid, SIGKILL)
        waitpid(pid, &status, 0)
        return .late
      }
      usleep(10_000)
    }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
  }

  /// `POSIX_SPAWN_SETSID`. Source: glibc 2.36, posix/spawn.h; 2.26 and later.
  private static let newSession: Int16 = 0x80

  /// A file without a name that holds `text`, to be read from its beginning.
  private static func file(with text: String) throws -> UnsafeMutablePointer<FILE> {
    guard let file = tmpfile() else { throw failure("a temporary file cannot be made", errno) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0, lseek(fileno(file), 0, SEEK_SET) == 0
    else {
      let error = failure("a temporary file cannot be written", errno)
      fclose(file)
      throw error
    }
    return file
  }

  private static func spawn(_ program: String, _ words: [String], input: Int32, flags: Int16) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_setflags(&attributes, flags | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, program, &actions, &attributes, &arguments, environ)
    guard result == 0 else { throw failure("`\(program)` cannot be started", result) }
    return pid
  }

  private static func failure(_ what: String, _ number: Int32) -> CommandFailure {
    CommandFailure(message: "\(what): \(SystemError.text(number))", hint: "nobody was notified")
  }
}
