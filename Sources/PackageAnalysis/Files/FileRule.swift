internal import GateModel

/// Which files of a package are an effect by themselves when they come, go or change.
///
/// Unit files are none: they have an effect only when a script or the manager acts on them.
struct FileRule: Sendable {
  /// What such files are, for people.
  var name: String
  /// The effects that a change of such a file has.
  var kinds: [EffectKind]
  /// Directories whose files count, with the links of merged `/usr` resolved.
  var directories: [String] = []
  /// How the names of files in `directories` end.
  var suffixes: [String] = [""]
  /// Single files that count.
  var files: [String] = []
  /// Where it is written that such files are read.
  var source: String
}

extension FileRule {
  static let all: [FileRule] = [
    FileRule(
      name: "udev rules", kinds: [.udev], directories: configurationDirectories("udev/rules.d"), suffixes: [".rules"],
      source: "udev(7), RULES FILES"),
    FileRule(
      name: "links", kinds: [.udev, .networkConfig], directories: configurationDirectories("systemd/network"),
      suffixes: [".link"], source: "systemd.link(5): read by udev; sets names and MAC addresses"),
    FileRule(
      name: "networkd's networks", kinds: [.networkConfig], directories: configurationDirectories("systemd/network"),
      suffixes: [".network", ".netdev"], source: "systemd.network(5), systemd.netdev(5)"),
    FileRule(
      name: "networkd's settings", kinds: [.networkConfig],
      directories: configurationDirectories("systemd/networkd.conf.d"), suffixes: [".conf"],
      files: ["/etc/systemd/networkd.conf", "/usr/lib/systemd/networkd.conf"], source: "networkd.conf(5)"),
    FileRule(
      name: "netplan", kinds: [.networkConfig], directories: ["/etc/netplan", "/usr/lib/netplan"], suffixes: [".yaml"],
      source: "netplan(5)"),
    FileRule(
      name: "NetworkManager's settings", kinds: [.networkConfig],
      directories: [
        "/etc/NetworkManager/conf.d", "/usr/lib/NetworkManager/conf.d", "/etc/NetworkManager/system-connections",
        "/usr/lib/NetworkManager/system-connections",
      ], files: ["/etc/NetworkManager/NetworkManager.conf"], source: "NetworkManager.conf(5), FILES"),
    FileRule(
      name: "ifupdown's interfaces", kinds: [.networkConfig], directories: ["/etc/network/interfaces.d"],
      files: ["/etc/network/interfaces"], source: "interfaces(5)"),
    FileRule(
      name: "kernel parameters", kinds: [.sysctl], directories: configurationDirectories("sysctl.d"),
      suffixes: [".conf"], files: ["/etc/sysctl.conf"], source: "sysctl.d(5), sysctl(8)"),
    FileRule(
      name: "modules to load", kinds: [.sysctl], directories: configurationDirectories("modules-load.d"),
      suffixes: [".conf"], files: ["/etc/modules"], source: "modules-load.d(5), modules(5)"),
  ]

  /// Where systemd's programs look for configuration that packages and administrators install. Source: the SYNOPSIS of the
  /// manual pages above.
  private static func configurationDirectories(_ name: String) -> [String] {
    ["/etc/", "/usr/lib/", "/usr/local/lib/"].map { $0 + name }
  }

  /// Whether a file of this name in one of the directories counts.
  func accepts(name: Substring) -> Bool { suffixes.contains { name.hasSuffix($0) } }
}

/// Finds the rules for a path with one or two look-ups.
struct FileRuleIndex: Sendable {
  static let shared = FileRuleIndex(FileRule.all)

  private let rules: [FileRule]
  private var byDirectory: [String: [Int]] = [:]
  private var byFile: [String: [Int]] = [:]

  init(_ rules: [FileRule]) {
    self.rules = rules
    for (index, rule) in rules.enumerated() {
      for directory in rule.directories { byDirectory[directory, default: []].append(index) }
      for file in rule.files { byFile[file, default: []].append(index) }
    }
  }

  /// Positions in ``FileRule/all`` of the rules for `path`, which is as ``MergedUsr/resolved(_:)`` gives it.
  func matches(_ path: String) -> [Int] {
    let exact = byFile[path] ?? []
    guard let directory = ArchivePath.parent(of: path) else { return exact }
    let name = path[directory.endIndex...].dropFirst()
    if let found = byDirectory[directory] { return exact + found.filter { rules[$0].accepts(name: name) } }
    // A drop-in, `NAME.network.d/*.conf`, counts as its file does.
    guard directory.hasSuffix(".d"), name.hasSuffix(".conf"), let parent = ArchivePath.parent(of: directory) else {
      return exact
    }
    let owner = directory.dropFirst(parent.utf8.count + 1).dropLast(2)
    return exact + (byDirectory[parent] ?? []).filter { rules[$0].accepts(name: owner) }
  }
}
