internal import Glibc

/// The folder `ledger` below apt-gate's state: the database and the node's key, for their owner only.
struct LedgerFolder {
  /// apt-gate's own folder.
  var state: String

  var path: String { state + "/ledger" }
  var database: String { path + "/ledger.db" }
  var key: String { path + "/node.key" }

  /// Makes what is missing, and refuses what others can get at.
  func prepare() throws(LedgerError) {
    for folder in [state, path] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw LedgerError(
        errno == EROFS || errno == EACCES ? .readOnly : errno == ENOSPC ? .full : .unreadable,
        "the folder `\(folder)` cannot be made: \(SystemCall.problem)", advice: "make it, for root only (0700)")
    }
    try check()
    try makeDatabase()
  }

  /// Refuses a folder or file that somebody else owns, or that others may read or write.
  func check() throws(LedgerError) {
    try Self.check(path, kind: S_IFDIR)
    if exists { try Self.check(database, kind: S_IFREG) }
  }

  /// Whether there is a database.
  var exists: Bool { access(database, F_OK) == 0 }

  static func check(_ path: String, kind: mode_t) throws(LedgerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw LedgerError(
        errno == ENOENT ? .missing : .unreadable, "`\(path)` cannot be read: \(SystemCall.problem)",
        advice: "there is a ledger once `apt-gate sync` ran as root")
    }
    guard status.st_mode & S_IFMT == kind, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
      throw LedgerError(
        .unsafe, "`\(path)` must belong to the user who runs apt-gate and be closed to others",
        advice: "find out who changed it, then `chown root` and `chmod go=` it")
    }
  }

  /// SQLite would make the file readable for everybody; its companions take over this one's permissions.
  private func makeDatabase() throws(LedgerError) {
    let descriptor = open(database, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw LedgerError(
        errno == EROFS || errno == EACCES ? .readOnly : errno == ENOSPC ? .full : .unreadable,
        "`\(database)` cannot be opened: \(SystemCall.problem)", advice: "make its file system writable")
    }
    close(descriptor)
    try Self.check(database, kind: S_IFREG)
  }
}
