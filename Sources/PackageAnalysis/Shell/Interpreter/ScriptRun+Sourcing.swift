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
    guard let (bytes, isPackaged) = text(at: path) else {
      if !Self.isConfiguration(path) { reportUnknown("sources \(path), which is not at hand", state: state) }
      return Completion(next: state.with(status: .unknown).forgettingVariables())
    }
    let before = state
    var entry = state
    if arguments.count > 1 { entry.positional = positional(from: Array(arguments.dropFirst())) }
    var completion = run(file: ScriptFile(name: path, bytes: bytes), bytes: bytes, state: entry)
    let end = completion.next.joined(with: completion.returned)
    completion.returned = nil
    completion.next = end
    completion.next?.isCertain = state.isCertain && !completion.mayExitInSuccess
    completion.next?.positional = before.positional
    if !isPackaged, let next = completion.next {
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

  /// The text of a file, and whether it is the package's own: then it is what will be there.
  func text(at path: String) -> (bytes: [UInt8], isPackaged: Bool)? {
    let merged = Self.mergedPath(path)
    for candidate in [path, merged, "/usr" + path] {
      if let bytes = contents.texts[candidate] { return (bytes, !merged.hasPrefix("/etc/")) }
    }
    if merged.hasPrefix("/usr/"), let bytes = contents.texts[String(merged.dropFirst(4))] { return (bytes, true) }
    return node.contents(of: path, limit: Limit.fileSize).map { ($0, false) }
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
