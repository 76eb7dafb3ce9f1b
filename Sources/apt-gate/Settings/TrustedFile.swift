import Glibc

/// Whether what root does may follow a file: nobody but root can have written it.
enum TrustedFile {
  /// Throws ``CommandFailure`` if this process is root's and the file or folder at `path` is not owned by root, or others
  /// may write it. What does not exist is not this check's matter.
  static func require(_ path: String, what: String, status: ExitStatus = .failed) throws {
    guard geteuid() == 0, let problem = problem(at: path) else { return }
    throw CommandFailure(
      message: "\(what) `\(path)` is not used: \(problem)",
      hint: "make it root's alone: `chown root:root \(path)` and `chmod go-w \(path)`", status: status)
  }

  /// What is wrong with it, in words; nil if nothing is, or there is no such file.
  static func problem(at path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if status.st_uid != 0 { return "it is owned by the user with the id \(status.st_uid), not by root" }
    return status.st_mode & (S_IWGRP | S_IWOTH) != 0 ? "others than root may write it" : nil
  }
}
