internal import CAptPkg
public import GateModel
internal import Glibc

/// What became of one download.
public struct DownloadedArchive: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// The .deb is at this path, with the hash of the package list.
    case stored(path: String)
    /// It could not be had; libapt's words, such as `404  Not Found` or `Hash Sum mismatch`.
    case failed(String)
    /// The package list that names it is not authenticated, so its hash proves nothing; it was not fetched.
    case untrusted
    /// The deadline passed or the caller ended it first.
    case cancelled
  }

  public var binary: BinaryChange
  public var outcome: Outcome
}

/// How far a download is.
public struct DownloadProgress: Sendable, Hashable {
  public var fetchedBytes: UInt64
  public var totalBytes: UInt64
}

extension AptCollector {
  /// Fetches the candidates of `binaries` through libapt, which checks their hashes, into `directory`.
  ///
  /// Needs neither root nor apt's lock; `directory` is made if it is not there and may keep what it has: a .deb that
  /// is already there is checked and not fetched again. `progress` is called some ten times a second on the calling
  /// thread, must not use a collector, and returns whether to go on. At the deadline what is not there yet counts as cancelled. One result for
  /// each binary; removals have none. Run by root with apt's sandbox on, libapt takes on the sandbox user's id for a
  /// moment, in the whole process: let no other thread open files meanwhile. Throws ``AptSystemError`` if the directory or the package lists cannot be used.
  public func download(
    _ binaries: [BinaryChange], into directory: String, deadline: Duration,
    progress: (DownloadProgress) -> Bool = { _ in true }
  ) throws -> [DownloadedArchive] {
    let wanted = binaries.compactMap { binary in ArchiveKey(binary).map { (binary, $0) } }
    let place = try DownloadDirectory(directory)
    let end = ContinuousClock.now + deadline
    let outcomes = try withoutActuallyEscaping(progress) { progress in
      let report = ProgressReport { ContinuousClock.now < end && progress($0) }
      return try AptLibrary.use(configuration) { try fetch(wanted.map(\.1), into: place, report: report) }
    }
    return zip(wanted, outcomes).map { DownloadedArchive(binary: $0.0, outcome: $1) }
  }

  private func fetch(
    _ keys: [ArchiveKey], into place: DownloadDirectory, report: ProgressReport
  ) throws -> [DownloadedArchive.Outcome] {
    var strings = CStrings()
    defer { strings.free() }
    let wanted = keys.map { strings.key($0) }
    var downloads = capt_downloads()
    let outcome = AptOutcome { messages in
      capt_download(
        wanted, wanted.count, strings.add(place.path),
        { context, fetched, total in ProgressReport.call(context, fetched, total) },
        Unmanaged.passUnretained(report).toOpaque(), &downloads, &messages)
    }
    defer { capt_downloads_free(&downloads) }
    let paths = try paths()
    try outcome.check { details in
      outcome.status == CAPT_FILE
        ? DownloadDirectory.unusable(place.path, details: details)
        : AptSystemError(status: outcome.status, details: details, paths: paths)
    }
    return UnsafeBufferPointer(start: downloads.items, count: downloads.count).map(DownloadedArchive.Outcome.init)
  }
}

/// Carries the progress function through C.
private final class ProgressReport {
  private let goOn: (DownloadProgress) -> Bool

  init(_ goOn: @escaping (DownloadProgress) -> Bool) {
    self.goOn = goOn
  }

  static func call(_ context: UnsafeMutableRawPointer?, _ fetched: UInt64, _ total: UInt64) -> Int32 {
    guard let context else { return 1 }
    let report = Unmanaged<ProgressReport>.fromOpaque(context).takeUnretainedValue()
    return report.goOn(DownloadProgress(fetchedBytes: fetched, totalBytes: total)) ? 1 : 0
  }
}

/// A directory for .debs with the `partial` below it that libapt works in.
private struct DownloadDirectory: Sendable {
  let path: String

  init(_ directory: String) throws {
    guard directory.hasPrefix("/"), !directory.utf8.contains(0) else { throw Self.unusable(directory) }
    path = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    var made = ""
    for part in path.split(separator: "/").map(String.init) + ["partial"] {
      made += "/\(part)"
      guard mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else { break }
    }
    guard access("\(path)/partial", W_OK | X_OK) == 0 else { throw Self.unusable(directory) }
  }

  static func unusable(_ directory: String, details: [String] = []) -> AptSystemError {
    AptSystemError(
      code: .fileUnusable, message: "cannot download into `\(directory)`",
      advice: "name an absolute path of a directory that this user may write to", details: details)
  }
}

extension DownloadedArchive.Outcome {
  fileprivate init(_ downloaded: capt_downloaded) {
    switch downloaded.status {
    case CAPT_DOWNLOADED: self = .stored(path: String(captured: downloaded.path))
    case CAPT_DOWNLOAD_UNTRUSTED: self = .untrusted
    case CAPT_DOWNLOAD_CANCELLED: self = .cancelled
    default: self = .failed(String(captured: downloaded.problem))
    }
  }
}
