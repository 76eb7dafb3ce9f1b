import GateModel
import Testing

@testable import PackageAnalysis

@Suite struct LibraryRestartTests {
  private struct Running: RunningLibraries {
    var files: MappedFiles
    func mappedFiles() -> MappedFiles { files }
  }

  private struct Files: NodeFiles {
    var texts: [String: String]
    func contents(of path: String, limit: Int) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
    func names(in directory: String) -> [String]? {
      texts.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }.sorted()
    }
  }

  private static let networkd = "systemd-networkd.service"
  private static let ssl = "/usr/lib/x86_64-linux-gnu/libssl.so.3"
  private static let libc = "/usr/lib/x86_64-linux-gnu/libc.so.6"

  private static let running = Running(
    files: MappedFiles(processes: [
      ssl: [.init(pid: 9, unit: networkd, executable: "/usr/lib/systemd/systemd-networkd")],
      libc: [
        .init(pid: 1, unit: "init.scope", executable: "/usr/lib/systemd/systemd"),
        .init(pid: 8, unit: "ssh.service", executable: "/usr/sbin/sshd"),
        .init(pid: 9, unit: networkd, executable: "/usr/lib/systemd/systemd-networkd"),
        .init(pid: 10, unit: "session-1.scope"), .init(pid: 11, unit: "user@0.service"), .init(pid: 12, unit: nil),
      ],
    ]))

  private static func package(_ name: String, files: [String]) -> PackageContents {
    PackageContents(
      name: name, architecture: "amd64", version: PackageVersion("1"), source: name, basis: .installed,
      files: files.map { PackagedFile(path: $0) })
  }

  private func settings(
    _ lines: String, hook: String = "apt-pinvoke || true", extra: [String: String] = [:],
    environment: [String: String] = [:]
  ) -> NeedrestartSettings {
    let texts = [
      "/etc/needrestart/needrestart.conf": lines, "/usr/sbin/needrestart": "#!/usr/bin/perl",
      "/etc/apt/apt.conf.d/99needrestart": "# apt-pinvoke -m u\nDPkg::Post-Invoke {\"\(hook)\"; };\n",
      "/etc/needrestart/restart.d/systemd-manager": "#!/bin/sh",
    ]
    return .read(from: Files(texts: texts.merging(extra) { $1 })) { environment[$0] }
  }

  private func effects(
    _ settings: NeedrestartSettings, of files: [String] = [ssl], isInteractive: Bool = false
  ) -> [Effect] {
    LibraryRestarts(running: Self.running, needrestart: settings, isInteractive: isInteractive)
      .effects(of: "libssl3", installed: Self.package("libssl3", files: files))
  }

  @Test func whatCouldNotBeReadIsNotKnown() {
    let hanging = Running(files: MappedFiles(problem: "it hangs"))
    func effects(_ lines: String) -> [Effect] {
      LibraryRestarts(running: hanging, needrestart: settings(lines))
        .effects(of: "libssl3", installed: Self.package("libssl3", files: [Self.ssl]))
    }
    #expect(effects("$nrconf{restart} = 'a';").map(\.kind) == [.unknown])
    // A needrestart that restarts nothing needs nobody to know.
    #expect(effects("$nrconf{restart} = 'l';") == [])
  }

  @Test func anAutomaticNeedrestartRestartsWhatMapsTheFile() {
    let expected = Effect(
      kind: .restart, unit: Self.networkd, verb: "restart", certainty: .certain,
      evidence: Evidence(basis: .installed, file: Self.ssl, text: "mapped by /usr/lib/systemd/systemd-networkd"),
      package: "libssl3", detail: "needrestart restarts what maps a replaced file")
    #expect(effects(settings("$nrconf{restart} = 'a';")) == [expected])
    // dpkg's list may have the path as it was before /usr was merged.
    #expect(effects(settings("$nrconf{restart} = 'a';"), of: ["/lib/x86_64-linux-gnu/libssl.so.3"]) == [expected])
    #expect(effects(settings("$nrconf{restart} = 'a';"), of: ["/usr/share/doc/x"]) == [])
  }

  @Test func onlyServicesAndTheManagerAreRestarted() {
    let found = effects(settings("$nrconf{restart} = 'a';"), of: [Self.libc])
    #expect(found.map { $0.unit ?? $0.kind.rawValue } == ["ssh.service", "reexec", Self.networkd])
  }

  @Test(arguments: [
    "", "$nrconf{restart} = 'i';", "$nrconf{restart} = 'l';", "$nrconf{restart} = 'a'; $nrconf{defno} = 1;",
    "$nrconf{restart} = 'a'; $nrconf{override_rc} = { qr(^systemd-networkd) => 0 };",
    "$nrconf{restart} = 'a'; $nrconf{override_rc}->{qr(^SYSTEMD-)i} = 0;",
    "$nrconf{restart} = 'a'; $nrconf{blacklist_rc} = [ qr(networkd) ];",
    "$nrconf{restart} = 'a'; $nrconf{blacklist} = [ qr(^/usr/lib/systemd/) ];",
    "$nrconf{restart} = 'a'; push @{$nrconf{blacklist_mappings}}, qr(libssl);",
  ])
  func configurationsThatLeaveItAlone(lines: String) { #expect(effects(settings(lines)) == []) }

  /// needrestart's own `^network` does not match networkd.
  @Test func patternsThatDoNotMatchDoNotCount() {
    let lines = "$nrconf{restart} = 'a'; $nrconf{override_rc} = { qr(^network) => 0, qr(^NetworkManager) => 0 };"
    #expect(effects(settings(lines)).map(\.certainty) == [.certain])
    let only = "$nrconf{restart} = 'a'; $nrconf{defno} = 1; $nrconf{override_rc} = { qr(networkd) => 1 };"
    #expect(effects(settings(only)).map(\.certainty) == [.certain])
  }

  @Test(arguments: [
    "$nrconf{restart} = f();", "$nrconf{restart} = 'a'; $nrconf{override_rc} = f();", "eval 'x';",
    "$nrconf{restart} = 'a'; $nrconf{override_rc} = { qr(^a(?{ 1 })) => 0 };", "$nrconf{restart} = 'z';",
    "$nrconf{restart} = 'a'; $nrconf{override_rc} = { qr(networkd) => 0, qr(^systemd) => 1 };",
    "$nrconf{restart} = 'a'; $nrconf{blacklist_rc} = [ qr($x) ];",
  ])
  func whatIsNotUnderstoodIsPossible(lines: String) {
    #expect(effects(settings(lines)).map(\.certainty) == [.possible])
  }

  @Test func whoAsksAndWhere() {
    #expect(effects(settings(""), isInteractive: true).map(\.certainty) == [.possible])
    // Ubuntu 24.04 and later: automatic unless configured.
    #expect(effects(settings("", hook: "apt-pinvoke -m u || true")).map(\.certainty) == [.certain])
    #expect(effects(settings("$nrconf{restart} = 'l';", hook: "apt-pinvoke -m u || true")) == [])
    #expect(effects(settings("", environment: ["NEEDRESTART_MODE": "a"])).map(\.certainty) == [.certain])
    let automatic = "$nrconf{restart} = 'a';"
    #expect(effects(settings(automatic, environment: ["NEEDRESTART_MODE": "l"])) == [])
    #expect(effects(settings(automatic, environment: ["NEEDRESTART_SUSPEND": "1"])) == [])
    #expect(effects(settings(automatic, hook: "true")) == [])
    #expect(effects(.absent) == [])
  }

  @Test func snippetsAreReadInOrder() {
    let main = "$nrconf{restart} = 'a';\nif(-d q(/etc/d)) { foreach my $f (sort </etc/d/*.conf>) { eval do { 1 }; } }"
    let list = ["/etc/d/10.conf": "$nrconf{restart} = 'l';"]
    #expect(effects(settings(main, extra: list)) == [])
    let both = list.merging(["/etc/d/20.conf": "$nrconf{restart} = 'a';", "/etc/d/30.txt": "eval 1;"]) { $1 }
    #expect(effects(settings(main, extra: both)).map(\.certainty) == [.certain])
  }

  @Test func aScriptOfItsOwnMayDoAnything() {
    let script = ["/etc/needrestart/restart.d/\(Self.networkd)": "#!/bin/sh"]
    #expect(effects(settings("$nrconf{restart} = 'a';", extra: script)).map(\.certainty) == [.possible])
  }
}
