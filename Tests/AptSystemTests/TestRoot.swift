import AptSystem
import Foundation

/// A paragraph of a control file.
struct Stanza {
  var fields: [(String, String)]

  init(_ name: String, _ version: String, architecture: String = "amd64", _ more: KeyValuePairs<String, String> = [:]) {
    fields = [("Package", name), ("Version", version), ("Architecture", architecture)]
    fields += [("Maintainer", "Test <test@example.org>"), ("Description", "a package of the tests")]
    fields += more.map { ($0, $1) }
  }

  func adding(_ more: [(String, String)]) -> Stanza {
    var copy = self
    copy.fields += more.filter { key, _ in !fields.contains { $0.0 == key } }
    return copy
  }

  var text: String { fields.map { "\($0): \($1)\n" }.joined() }
  subscript(key: String) -> String? { fields.first { $0.0 == key }?.1 }
}

/// What a Release file says.
struct Release {
  var origin = "Debian"
  var label = "Debian"
  var suite = "stable"
  var codename = "bookworm"
}

/// A node in a temporary directory: its own apt configuration, lists, dpkg database and repositories.
final class TestRoot {
  let path: String
  let architectures: [String]
  private var sources = ""

  init(architectures: [String] = ["amd64"]) throws {
    path = "/tmp/apt-gate-\(UUID().uuidString)"
    self.architectures = architectures
    let directories = [
      "etc/apt/apt.conf.d", "etc/apt/preferences.d", "etc/apt/sources.list.d", "etc/apt/trusted.gpg.d",
      "var/lib/apt/lists/partial", "var/lib/dpkg/info", "var/lib/dpkg/triggers", "var/cache/apt/archives/partial",
    ]
    for directory in directories { try make(directory) }
    let lines = options.map { "\($0.key) \"\($0.value)\";\n" }
    try write("apt.conf", lines.joined())
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// What points apt at this root.
  var options: [AptOption] {
    // With a sandbox libapt, as root, takes on the sandbox user's id for a moment, and so would the other tests.
    let fixed = ["APT::Architecture": "amd64", "APT::Sandbox::User": "root", "APT::Machine-ID": "0123456789abcdef"]
    return [AptOption(key: "Dir", value: "\(path)/")] + fixed.map { AptOption(key: $0, value: $1) }
      + architectures.map { AptOption(key: "APT::Architectures::", value: $0) }
  }

  func collector(_ more: [AptOption] = []) throws -> AptCollector {
    try AptCollector(options: options + more)
  }

  func make(_ directory: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(directory)", withIntermediateDirectories: true)
  }

  func write(_ file: String, _ text: String) throws {
    try make((file as NSString).deletingLastPathComponent)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(file)"))
  }

  /// dpkg's status with these packages installed; `hold` names those on hold.
  func install(_ packages: [Stanza], hold: Set<String> = []) throws {
    let text = packages.map { package in
      let wanted = hold.contains(package["Package"] ?? "") ? "hold" : "install"
      return package.adding([("Status", "\(wanted) ok installed"), ("Installed-Size", "10")]).text
    }
    try write("var/lib/dpkg/status", text.joined(separator: "\n"))
  }

  /// A repository with these packages, as a source of this root.
  ///
  /// `base` stands before the repository's path in the source; without one it is in the file system.
  func repository(
    _ packages: [Stanza], _ release: Release = Release(), base: String? = nil, trusted: Bool = true
  ) throws {
    let name = "repo/\(release.origin)-\(release.suite)"
    let dist = "\(name)/dists/\(release.codename)"
    var hashes = ""
    for architecture in architectures {
      let file = "main/binary-\(architecture)/Packages"
      let mine = packages.filter { [architecture, "all"].contains($0["Architecture"] ?? "") }
      try write("\(dist)/\(file)", mine.map { complete($0).text }.joined(separator: "\n"))
      let digest = try Command.output(["sha256sum", "\(path)/\(dist)/\(file)"]).prefix(64)
      let size = try FileManager.default.attributesOfItem(atPath: "\(path)/\(dist)/\(file)")[.size] ?? 0
      hashes += " \(digest) \(size) \(file)\n"
    }
    try write(
      "\(dist)/Release",
      """
      Origin: \(release.origin)
      Label: \(release.label)
      Suite: \(release.suite)
      Codename: \(release.codename)
      Date: Mon, 02 Jan 2023 00:00:00 UTC
      Architectures: \(architectures.joined(separator: " "))
      Components: main
      SHA256:
      \(hashes)
      """)
    let trust = trusted ? "[trusted=yes] " : "[allow-insecure=yes] "
    sources += "deb \(trust)\(base ?? "file:\(path)")/\(name) \(release.codename) main\n"
    try write("etc/apt/sources.list", sources)
  }

  /// The package with a real .deb in the pool of the repository of ``Release()``.
  func built(_ package: Stanza, payload: String = "x") throws -> Stanza {
    let stem = "\(package["Package"] ?? "")_\(package["Version"] ?? "")"
    try write("build/\(stem)/DEBIAN/control", package.text)
    try write("build/\(stem)/usr/share/\(stem)", payload)
    let file = "pool/\(stem).deb"
    let place = "\(path)/repo/Debian-stable/\(file)"
    try make("repo/Debian-stable/pool")
    _ = try Command.output(["dpkg-deb", "--root-owner-group", "--build", "\(path)/build/\(stem)", place])
    let digest = try Command.output(["sha256sum", place]).prefix(64)
    let size = try FileManager.default.attributesOfItem(atPath: place)[.size] ?? 0
    return package.adding([("Filename", file), ("Size", "\(size)"), ("SHA256", "\(digest)")])
  }

  /// Fetches the lists, with this root's own configuration only.
  func update() throws {
    let outcome = try Command.run(["apt-get", "-q", "update"], environment: ["APT_CONFIG": "\(path)/apt.conf"])
    guard outcome.status == 0, !outcome.errors.contains("Failed") else {
      throw Command.Failure(description: outcome.errors + outcome.output)
    }
  }

  /// The same options for apt's own commands.
  var words: [String] { options.flatMap { ["-o", "\($0.key)=\($0.value)"] } }

  private func complete(_ package: Stanza) -> Stanza {
    package.adding([
      ("Installed-Size", "10"), ("Size", "1000"), ("SHA256", String(repeating: "0", count: 64)),
      ("Filename", "pool/\(package["Package"] ?? "").deb"),
    ])
  }
}
