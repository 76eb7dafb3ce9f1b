public import GateModel

/// What runs on the node now: which processes map which files.
public protocol RunningLibraries {
  /// Read anew at every call.
  func mappedFiles() -> MappedFiles
}

/// The restarts that follow when files which running units map are replaced.
///
/// dpkg puts a new file in place of every file of a package, changed or not, so every unit that maps one of them is one
/// that needrestart finds. The processes are looked at once, when they are first asked for.
public final class LibraryRestarts {
  private let running: any RunningLibraries
  private let forecaster: NeedrestartForecaster
  private lazy var users = FileUsers(running.mappedFiles())

  /// - Parameter isInteractive: whether needrestart will have a terminal to ask at; not under unattended-upgrades.
  public init(running: any RunningLibraries, needrestart: NeedrestartSettings, isInteractive: Bool = false) {
    self.running = running
    forecaster = NeedrestartForecaster(needrestart, isInteractive: isInteractive)
  }

  /// Whether needrestart restarts nothing whatever is replaced, so that nothing need be known of what runs.
  public var isIdle: Bool { forecaster.idleness != nil }

  /// One effect for each unit that needrestart restarts, or may restart, because it maps a file of `installed`, the
  /// version that `package` has on the node.
  func effects(of package: String, installed: PackageContents) -> [Effect] {
    guard forecaster.idleness == nil else { return [] }
    if let problem = users.problem { return [Self.unknown(problem, package)] }
    var evidence: [String: FileUsers.Use] = [:]
    for file in installed.files {
      for use in users.uses(of: file.path) where evidence[use.unit] == nil {
        if !forecaster.ignores(program: use.executable, file: use.file) { evidence[use.unit] = use }
      }
    }
    return evidence.sorted { $0.key < $1.key }.compactMap { effect(of: package, unit: $0.key, $0.value) }
  }

  private static func unknown(_ problem: String, _ package: String) -> Effect {
    Effect(
      kind: .unknown, certainty: .possible, evidence: Evidence(basis: .unknown, file: package), package: package,
      detail: "what needrestart would restart is not known: \(problem)")
  }

  /// How many processes could not be looked into, where that matters; more than 0 without root.
  var unreadableProcesses: Int { forecaster.idleness == nil ? users.unreadable : 0 }

  private func effect(of package: String, unit: String, _ use: FileUsers.Use) -> Effect? {
    let text = "mapped by \(use.executable ?? "a process of it")"
    let evidence = Evidence(basis: .installed, file: use.file, text: text)
    let (certainty, detail): (Certainty, String)
    switch forecaster.forecast(unit) {
    case .no: return nil
    case .yes: (certainty, detail) = (.certain, "needrestart restarts what maps a replaced file")
    case .unknown(let reason): (certainty, detail) = (.possible, reason)
    }
    if unit == NeedrestartUnit.manager {
      return Effect(
        kind: .reexec, verb: "daemon-reexec", certainty: certainty, evidence: evidence, package: package, detail: detail
      )
    }
    return Effect(
      kind: .restart, unit: unit, verb: "restart", certainty: certainty, evidence: evidence, package: package,
      detail: detail)
  }
}

/// The names that needrestart gives to what it restarts.
enum NeedrestartUnit {
  /// Process 1; its script in `restart.d` re-executes it.
  static let manager = "systemd-manager"

  /// nil for what it does not restart: scopes, sessions, other than services.
  static func name(of process: MappedFiles.Process) -> String? {
    if process.pid == 1 { return manager }
    guard let unit = process.unit, unit.hasSuffix(".service"), !unit.hasPrefix("user@") else { return nil }
    return unit
  }
}

/// The units by the files that they map, whatever way round `/usr` is merged.
private struct FileUsers {
  struct Use {
    var unit: String
    var file: String
    var executable: String?
  }

  let unreadable: Int
  let problem: String?
  private var byFile: [String: [Use]] = [:]

  init(_ mapped: MappedFiles) {
    (unreadable, problem) = (mapped.unreadable, mapped.problem)
    for (file, processes) in mapped.processes {
      let uses = processes.compactMap { process in
        NeedrestartUnit.name(of: process).map { Use(unit: $0, file: file, executable: process.executable) }
      }
      if !uses.isEmpty { byFile[MergedUsr.resolved(file), default: []] += uses }
    }
  }

  func uses(of path: String) -> [Use] { byFile[MergedUsr.resolved(path)] ?? [] }
}
