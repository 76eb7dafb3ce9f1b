import AptSystem
import GateModel
import Glibc

/// Where fetched .debs are kept: `archives` below the state folder.
struct DownloadFolder {
  /// Absolute.
  let path: String

  /// Fetching ends after this time, whatever the servers do; what is not there then stays as it was.
  static let deadline = Duration.seconds(600)

  /// `state` as a person gave it, or else the default one of this user.
  init(_ state: String?) throws {
    let folder = state ?? Self.defaultState
    guard !folder.isEmpty else {
      throw CommandFailure(message: "`--state` names no folder", hint: "give it a path", status: .usage)
    }
    path = Self.absolute(folder) + "/archives"
  }

  /// root's is the machine's; another user's is below the home folder, as the XDG base directories say.
  private static var defaultState: String {
    if geteuid() == 0 { return "/var/lib/apt-gate" }
    if let state = Environment.value(of: "XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/apt-gate" }
    return (Environment.value(of: "HOME") ?? "") + "/.local/state/apt-gate"
  }

  private static func absolute(_ folder: String) -> String {
    if folder.hasPrefix("/") { return folder }
    guard let current = getcwd(nil, 0) else { return "/" + folder }
    defer { free(current) }
    return String(cString: current) + "/" + folder
  }

  /// Fetches the candidates of `binaries`; gives what could not be had, in words.
  func fetch(
    _ binaries: [BinaryChange], with collector: AptCollector, progress: ProgressLine
  ) throws -> [String] {
    guard !binaries.isEmpty else { return [] }
    let archives = try collector.download(binaries, into: path, deadline: Self.deadline) { step in
      let (done, total) = (step.fetchedBytes / 1024, step.totalBytes / 1024)
      progress.update("downloading \(done) of \(total) KiB")
      return true
    }
    return archives.compactMap { archive in
      Self.problem(archive.outcome).map { "`\(archive.binary.name)` could not be fetched: \($0)" }
    }
  }

  private static func problem(_ outcome: DownloadedArchive.Outcome) -> String? {
    switch outcome {
    case .stored: nil
    case .failed(let words): words
    case .untrusted: "its package list is not authenticated, so its hash proves nothing"
    case .cancelled: "it took over \(deadline.components.seconds) seconds"
    }
  }
}
