import GateModel

extension ScriptRun {
  /// `. FILE`: runs the file in this shell, if its text is at hand.
  func source(_ arguments: [AbstractText], _ state: ScriptState) -> Completion {
    guard let path = arguments.first?.known, !path.isEmpty else {
      reportUnknown("sources a file whose name is not known", state: state)
      return Completion(next: state.with(status: .unknown).forgettingVariables())
    }
    // debconf's module asks questions through a second process; its commands are `db_...`.
    if path.hasSuffix("/debconf/confmodule") || path.hasSuffix("/debconf/confmodule.sh") {
      return Completion(next: state.with(status: .yes))
    }
    guard let text = text(at: path) else {
      if !Self.isConfiguration(path) { reportUnknown("sources \(path), which is not at hand", state: state) }
      return Completion(next: state.with(status: .unknown).forgettingVariables())
    }
    let before = state
    var entry = state
    if arguments.count > 1 { entry.positional = positional(from: Array(arguments.dropFirst())) }
    var completion = run(file: text.file(named: path), bytes: text.bytes, state: entry)
    let end = completion.next.joined(with: completion.returned)
    completion.returned = nil
    completion.next = end
    completion.next?.isCertain = state.isCertain && !completion.mayExitInSuccess
    completion.next?.positional = before.positional
    if text.mayDiffer, let next = completion.next {
      completion.next = next.forgettingVariables(next.changedVariables(since: before))
    }
    return completion
  }

  /// Files that hold settings, not commands: not having them leaves variables unknown and nothing else.
  private static func isConfiguration(_ path: String) -> Bool {
    [
      "/etc/default/", "/etc/os-release", "/usr/lib/os-release", "/etc/lsb-release", "/etc/environment",
      "/etc/debian_version",
    ]
    .contains { path.hasPrefix($0) }
  }

  /// The text of a file: the package's own, else the node's.
  func text(at path: String) -> ReadableText? {
    let merged = Self.mergedPath(path)
    let unmerged = merged.hasPrefix("/usr/") ? String(merged.dropFirst(4)) : merged
    for candidate in [path, merged, unmerged] {
      guard let bytes = contents.texts[candidate] else { continue }
      return ReadableText(bytes: bytes, basis: contents.basis, mayDiffer: merged.hasPrefix("/etc/"))
    }
    return node.contents(of: path, limit: Limit.fileSize)
      .map { ReadableText(bytes: $0, basis: .installed, mayDiffer: true) }
  }

  /// A path with `/bin`, `/sbin` and `/lib` in `/usr`, where merged-/usr systems have them.
  static func mergedPath(_ path: String) -> String {
    for directory in ["/bin/", "/sbin/", "/lib/", "/lib64/"] where path.hasPrefix(directory) { return "/usr" + path }
    return path.hasPrefix("/var/run/") ? String(path.dropFirst(4)) : path
  }

  /// Whether there is a file while the script runs: only what the package itself brings and what every node has.
  func exists(_ path: String) -> Answer {
    if path.isEmpty { return .no }
    var merged = Self.mergedPath(path)
    while merged.count > 1, merged.hasSuffix("/") { merged.removeLast() }
    if KnownPaths.always.contains(merged) { return .yes }
    return filesAreUnpacked && packagedPaths.contains(merged) ? .yes : .unknown
  }
}

/// A file that a script sources or runs.
struct ReadableText {
  var bytes: [UInt8]
  /// Whether it is from the new .deb or from the node.
  var basis: EvidenceBasis
  /// Whether it may be another text by the time the script runs: settings, and files of other packages.
  var mayDiffer: Bool

  func file(named path: String) -> ScriptFile { ScriptFile(name: path, bytes: bytes, basis: basis) }
}

/// Paths that are on every node that apt-gate speaks of: one with dpkg and a running systemd.
enum KnownPaths {
  /// Essential packages, init-system-helpers and systemd; `/run/systemd/system` as sd_booted(3) tests it.
  static let always: Set<String> = [
    "/", "/etc", "/usr", "/var", "/run", "/proc", "/sys", "/dev", "/tmp", "/bin", "/sbin", "/lib", "/usr/bin",
    "/usr/sbin", "/usr/lib", "/usr/share", "/run/systemd/system", "/run/systemd", "/usr/bin/systemctl",
    "/usr/bin/deb-systemd-helper", "/usr/bin/deb-systemd-invoke", "/usr/sbin/invoke-rc.d", "/usr/sbin/update-rc.d",
    "/usr/sbin/service", "/usr/bin/dpkg", "/usr/bin/dpkg-query", "/usr/bin/dpkg-divert", "/usr/bin/dpkg-trigger",
    "/usr/bin/dpkg-statoverride", "/usr/bin/dpkg-maintscript-helper", "/usr/bin/update-alternatives", "/usr/bin/sh",
    "/usr/bin/bash", "/usr/bin/sed", "/usr/bin/grep", "/usr/bin/find", "/usr/bin/rm", "/usr/bin/cat",
    "/usr/sbin/ldconfig", "/usr/bin/systemd-tmpfiles", "/usr/bin/systemd-sysusers",
  ]
}

extension ScriptState {
  /// Variables whose value differs from the one they had in `earlier`.
  func changedVariables(since earlier: ScriptState) -> Set<String> {
    Set(variables.filter { earlier.variables[$0.key] != $0.value }.keys)
  }
}
