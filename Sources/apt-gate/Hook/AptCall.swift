/// What apt itself calls, in the very words of the package's apt.conf.d: these need no parser of command lines, which takes a
/// third of the time that the program needs to start, and apt waits twenty times for ten packages.
enum AptCall: String, CaseIterable {
  case preInstall = "pre-install"
  case postInstall = "post-install"

  /// nil for any other words, those with options among them.
  init?(_ words: some Collection<String>) {
    guard words.count == 2, words.first == "hook", let call = words.dropFirst().first.flatMap(AptCall.init) else {
      return nil
    }
    self = call
  }

  func run() -> ExitStatus {
    let choice = SettingsChoice()
    switch self {
    case .preInstall: return PreInstallHook(choice).run()
    case .postInstall:
      PostInstallHook(settings: HookSettings(choice)).run()
      return .done
    }
  }
}
