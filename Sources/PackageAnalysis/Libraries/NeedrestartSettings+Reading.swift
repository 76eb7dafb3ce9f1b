extension NeedrestartSettings {
  static let configuration = "/etc/needrestart/needrestart.conf"
  static let aptHook = "/etc/apt/apt.conf.d/99needrestart"
  static let program = "/usr/sbin/needrestart"
  /// Longer configuration files are not read.
  private static let limit = 1 << 20

  /// Reads the configuration of a node as it would be in effect when apt calls needrestart.
  ///
  /// - Parameter environment: looks up the variables that apt's hooks will have.
  public static func read(from files: any NodeFiles, environment: (String) -> String?) -> NeedrestartSettings {
    // Without its apt hook it runs when a person calls it, which is no effect of an update.
    guard files.contents(of: program, limit: limit) != nil,
      let hook = files.contents(of: aptHook, limit: limit).map({ String(decoding: $0, as: UTF8.self) }),
      isCalled(by: hook)
    else { return .absent }
    var perl = PerlSettings(hash: "nrconf")
    readAll(into: &perl, from: files)
    let scripts = Set(files.names(in: "/etc/needrestart/restart.d") ?? [])
    return NeedrestartSettings(
      isInstalled: true, isSuspended: environment("NEEDRESTART_SUSPEND").map { !$0.isEmpty } ?? false,
      mode: mode(perl, environment("NEEDRESTART_MODE"), hook: hook), leavesByDefault: flag(perl["defno"]),
      overrides: overrides(perl["override_rc"]), ignoredUnits: patterns(perl["blacklist_rc"]),
      ignoredPrograms: patterns(perl["blacklist"]), ignoredFiles: patterns(perl["blacklist_mappings"]),
      ownScripts: scripts)
  }

  private static func readAll(into perl: inout PerlSettings, from files: any NodeFiles) {
    guard let main = files.contents(of: configuration, limit: limit) else {
      return perl.makeUnknown(at: "\(configuration) cannot be read")
    }
    perl.read(main, file: configuration)
    for folder in perl.includes {
      let names = (files.names(in: folder) ?? []).filter { $0.hasSuffix(".conf") && !$0.hasPrefix(".") }
      for path in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).map({ "\(folder)/\($0)" }) {
        guard let bytes = files.contents(of: path, limit: limit) else {
          perl.makeUnknown(at: "\(path) cannot be read")
          continue
        }
        perl.read(bytes, file: path)
      }
    }
  }

  private static func isCalled(by hook: String) -> Bool {
    lines(of: hook).contains { $0.contains("apt-pinvoke") }
  }

  private static func lines(of hook: String) -> [Substring] {
    hook.split(separator: "\n").filter { line in
      let start = line.drop { $0 == " " || $0 == "\t" }
      return !start.hasPrefix("#") && !start.hasPrefix("//")
    }
  }

  /// The environment is asked before the configuration, and that before the default: `i`, but `a` where the hook asks
  /// for Ubuntu's mode (`-m u`, since Ubuntu 24.04).
  private static func mode(_ perl: PerlSettings, _ environment: String?, hook: String) -> Setting<Mode> {
    if let environment {
      return Mode(rawValue: environment).map { .known($0) } ?? .unknown(place: "NEEDRESTART_MODE=\(environment)")
    }
    switch perl["restart"] {
    case .unset: return .known(lines(of: hook).contains { $0.contains("-m u") } ? .automatic : .interactive)
    case .known(.text(let text)):
      return Mode(rawValue: text).map { .known($0) } ?? .unknown(place: "$nrconf{restart} is `\(text)`")
    case .known: return .unknown(place: "$nrconf{restart} is no text")
    case .unknown(let place): return .unknown(place: place)
    }
  }

  private static func flag(_ setting: PerlSettings.Setting) -> Setting<Bool> {
    switch setting {
    case .unset: .known(false)
    case .known(let value): truth(value).map { .known($0) } ?? .unknown(place: "$nrconf{defno}")
    case .unknown(let place): .unknown(place: place)
    }
  }

  /// Source: perlsyn(1), "Truth and Falsehood".
  private static func truth(_ value: PerlSettings.Value) -> Bool? {
    switch value {
    case .undefined: false
    case .text(let text): text != "" && text != "0"
    case .pattern, .list, .pairs: nil
    }
  }

  private static func overrides(_ setting: PerlSettings.Setting) -> Setting<[Override]> {
    switch setting {
    case .unset: return .known([])
    case .unknown(let place): return .unknown(place: place)
    case .known(.pairs(let pairs)):
      let all = pairs.map { pair in truth(pair.value).flatMap { override(pair.key, restarts: $0) } }
      return all.contains(nil) ? .unknown(place: "$nrconf{override_rc}") : .known(all.compactMap { $0 })
    case .known: return .unknown(place: "$nrconf{override_rc} is no hash")
    }
  }

  private static func patterns(_ setting: PerlSettings.Setting) -> Setting<[Override]> {
    switch setting {
    case .unset: return .known([])
    case .unknown(let place): return .unknown(place: place)
    case .known(.list(let values)):
      let all = values.map { override($0, restarts: false) }
      return all.contains(nil) ? .unknown(place: "a list of patterns") : .known(all.compactMap { $0 })
    case .known: return .unknown(place: "a list of patterns is no list")
    }
  }

  private static func override(_ key: PerlSettings.Value, restarts: Bool) -> Override? {
    switch key {
    case .text(let text): return Override(pattern: text, restarts: restarts)
    case .pattern(let pattern) where pattern.flags == "" || pattern.flags == "i":
      return Override(pattern: pattern.text, ignoresCase: pattern.flags == "i", restarts: restarts)
    default: return nil
    }
  }
}
