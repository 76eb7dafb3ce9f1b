internal import CAptPkg
internal import GateModel

// These run inside `AptLibrary.use`.
extension AptCollector {
  func paths() throws -> AptPaths {
    var filled = capt_paths()
    let outcome = AptOutcome { messages in capt_paths_fill(&filled, &messages) }
    defer { capt_paths_free(&filled) }
    try outcome.check { details in
      AptSystemError(
        code: .configurationMalformed, message: "apt's directories cannot be worked out",
        advice: "see `apt-config dump Dir`", details: details)
    }
    return AptPaths(
      root: String(captured: filled.root), status: String(captured: filled.status),
      lists: String(captured: filled.lists), archives: String(captured: filled.archives),
      preferencesParts: Self.folder(String(captured: filled.preferences_parts)))
  }

  /// libapt takes an absent status for an empty one; here it is an error.
  func requireStatus(_ paths: AptPaths) throws {
    guard let problem = RegularFile.problem(at: paths.status) else { return }
    throw AptSystemError.status(paths.status, problem: problem)
  }

  private static func folder(_ path: String) -> String? {
    path == "/dev/null" ? nil : path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// What apt would do with `pins` in place of apt-gate's pins on the node, and the packages `kept` as they are.
  func plan(holding pins: PinFile, keeping kept: [BinaryPackage]) throws -> PendingChanges {
    let paths = try paths()
    var made = capt_plan()
    let outcome = try AptPreferences.with(pins) { preferences in
      var strings = CStrings()
      defer { strings.free() }
      let packages = kept.map { capt_package(name: strings.add($0.name), architecture: strings.add($0.architecture)) }
      return AptOutcome { messages in
        capt_plan_make(&preferences, packages, packages.count, &made, &messages)
      }
    }
    defer { capt_plan_free(&made) }
    try outcome.check { details in AptSystemError(status: outcome.status, details: details, paths: paths) }
    if made.list_count == 0 { throw AptSystemError.noLists(paths, sourceCount: made.source_count) }
    if made.installed_count == 0 {
      throw AptSystemError.status(paths.status, problem: "lists no installed package")
    }
    let reader = PlanReader(plan: made)
    return PendingChanges(
      changes: ChangeGrouping.changes(of: reader.changes()), keptBack: reader.keptBack(),
      warnings: outcome.warnings + reader.missingLists())
  }
}

extension AptSystemError {
  static func status(_ path: String, problem: String, details: [String] = []) -> AptSystemError {
    AptSystemError(
      code: .statusUnreadable, message: "dpkg's status `\(path)` \(problem)",
      advice: "see `dpkg --audit`; dpkg keeps copies as `status-old` and in /var/backups", details: details)
  }

  static func noLists(_ paths: AptPaths, sourceCount: Int) -> AptSystemError {
    if sourceCount == 0 {
      return AptSystemError(
        code: .listsMissing, message: "no package source is configured, so nothing can be said of what is pending",
        advice: "add a source to apt's sources.list and run `apt-get update`")
    }
    return AptSystemError(
      code: .listsMissing, message: "there are no package lists in `\(paths.lists)`", advice: "run `apt-get update`")
  }

  init(status: capt_status, details: [String], paths: AptPaths) {
    switch status {
    case CAPT_SOURCES:
      self.init(
        code: .sourcesMalformed, message: "apt's list of sources cannot be used",
        advice: "correct the file and line it names", details: details)
    case CAPT_BROKEN:
      self.init(
        code: .dependenciesBroken, message: "installed packages have unmet dependencies, so apt would change nothing",
        advice: "run `apt-get --fix-broken install`", details: details)
    case CAPT_PLAN:
      self.init(
        code: .noPlan, message: "apt found no way to upgrade", advice: "see what `apt-get -s dist-upgrade` says",
        details: details)
    case _ where details.contains(where: { $0.contains(paths.status) }):
      self = .status(paths.status, problem: "cannot be read", details: details)
    default:
      self.init(
        code: .listsCorrupt, message: "package lists cannot be read",
        advice: "run `apt-get update`; if that does not help, remove the files in `\(paths.lists)` and run it again",
        details: details)
    }
  }
}
