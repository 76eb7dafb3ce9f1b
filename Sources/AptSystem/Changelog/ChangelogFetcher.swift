internal import Glibc

/// Fetches the changelog of a package's new version as `apt-get changelog` does: from where the archive's Release file
/// says. Source: apt-get(8), `Acquire::Changelogs::URI` of apt.conf(5).
///
/// It uses the network, so it is for who asks for it. Nothing that it gives is authenticated: what it says is the word of
/// whoever serves changelogs, and decides nothing.
public struct ChangelogFetcher: Sendable {
  /// A text is read as far as this: the newest entries come first.
  public static let longestText = 2 << 20

  /// The program; another one in tests.
  public var program: String
  /// apt's options, as KEY=VALUE.
  public var options: [String]
  /// Until when all texts together must be there.
  public var deadline: ContinuousClock.Instant

  public init(program: String = "/usr/bin/apt-get", options: [String] = [], deadline: ContinuousClock.Instant) {
    self.program = program
    self.options = options
    self.deadline = deadline
  }

  /// The changelog of `package` in `version`; nil if it cannot be had in time.
  public func text(package: String, version: String) -> [UInt8]? {
    guard ContinuousClock.now < deadline, !package.hasPrefix("-") else { return nil }
    let words = ["-qq"] + options.flatMap { ["-o", $0] } + ["changelog", "\(package)=\(version)"]
    guard let (pid, output) = start(words) else { return nil }
    let text = read(output)
    close(output)
    // Its own process group, with the methods that it has started.
    if text == nil || text?.count ?? 0 >= Self.longestText { kill(-pid, SIGKILL) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    guard let text, !text.isEmpty else { return nil }
    // Cut off on purpose: then it was killed.
    return status == 0 || text.count >= Self.longestText ? text : nil
  }

  private func start(_ words: [String]) -> (pid_t, Int32)? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(ends[1])
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // Without a pager: its output is no terminal, and PAGER of the caller's environment does not count.
    let settings: [String] = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "PAGER=cat"]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { for variable in environment { free(variable) } }
    var pid: pid_t = 0
    guard posix_spawn(&pid, program, &actions, &attributes, &arguments, &environment) == 0 else {
      close(ends[0])
      return nil
    }
    return (pid, ends[0])
  }

  /// All that comes, up to the limit; nil if the deadline is over first.
  private func read(_ descriptor: Int32) -> [UInt8]? {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while text.count < Self.longestText {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return nil }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, Int32(clamping: max(1, left.components.seconds * 1000 + 1))) > 0 else { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return text }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      text += buffer[..<count]
    }
    return text
  }
}
