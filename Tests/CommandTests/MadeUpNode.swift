import Foundation

/// A node in a temporary folder, with its own apt, dpkg and policies, and the built `apt-gate` pointed at it.
final class MadeUpNode {
  let folder: TemporaryFolder
  private var installed = ""
  private var available = ""

  private let address: String

  /// `address` gives where the package list and its .debs are, for a folder; by default a local repository.
  init(address: (String) throws -> String = { "file:\($0)/repo" }) throws {
    folder = try TemporaryFolder()
    self.address = try address(folder.path)
    for name in ["etc/apt/apt.conf.d", "etc/apt/preferences.d", "etc/apt/sources.list.d", "etc/apt/trusted.gpg.d"] {
      try folder.write("\(name)/.keep", "")
    }
    try folder.write("var/lib/dpkg/info/.keep", "")
    try folder.write("var/cache/apt/archives/partial/.keep", "")
    try folder.write("etc/apt/sources.list", "deb [trusted=yes] \(self.address) stable main\n")
    try folder.write("repo/.keep", "")
    try release(origin: "Debian")
    try store()
  }

  /// Says where the packages come from.
  func release(origin: String) throws {
    try folder.write(
      "\(lists)_Release",
      "Origin: \(origin)\nLabel: Debian\nSuite: stable\nCodename: bookworm\nArchitectures: amd64\nComponents: main\n")
  }

  /// An installed package, with a postinst if one is given.
  func install(_ name: String, _ version: String, postinst: String? = nil, fields: String = "") throws {
    installed += Self.stanza(name, version) + fields + "Status: install ok installed\n\n"
    try folder.write("var/lib/dpkg/info/\(name).list", "/.\n")
    if let postinst { try folder.write("var/lib/dpkg/info/\(name).postinst", postinst) }
    try store()
  }

  /// A package in the package list. Without `deb` its file cannot be had.
  func offer(_ name: String, _ version: String, deb: String? = nil, fields more: String = "") throws {
    var fields = "Filename: pool/\(name).deb\nSize: 1000\nSHA256: \(String(repeating: "0", count: 64))\n"
    if let deb {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/repo/pool", withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: deb, toPath: "\(folder.path)/repo/pool/\(name).deb")
      let size = try Data(contentsOf: URL(filePath: deb)).count
      let digest = try Command("sha256sum", [deb]).run().output.prefix(64)
      fields = "Filename: pool/\(name).deb\nSize: \(size)\nSHA256: \(digest)\n"
    }
    available += Self.stanza(name, version) + more + fields + "\n"
    try store()
  }

  /// The policy `name`, in place of any that was there.
  func policy(_ text: String, name: String = "test") throws {
    try folder.write("policies/\(name)/policy.yaml", text)
  }

  /// The tests of the policy `name`.
  func tests(_ text: String, name: String = "test") throws {
    try folder.write("policies/\(name)/tests.yaml", text)
  }

  var policies: String { "\(folder.path)/policies" }

  /// `text` with this node's folder called `NODE`: what goldens can hold.
  func nameless(_ text: String) -> String { text.replacing(folder.path, with: "NODE") }

  /// A .deb, built by dpkg-deb.
  func deb(_ name: String, _ version: String, postinst: String) throws -> String {
    let tree = "tree-\(name)-\(version)"
    try folder.write("\(tree)/DEBIAN/control", Self.stanza(name, version))
    try folder.write("\(tree)/DEBIAN/postinst", postinst)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/\(tree)/DEBIAN/postinst")
    let path = "\(folder.path)/\(name)_\(version)_amd64.deb"
    let built = try Command("dpkg-deb", ["--root-owner-group", "--build", "\(folder.path)/\(tree)", path]).run()
    guard built.status == 0 else { throw Failure(text: built.error) }
    return path
  }

  struct Failure: Error { var text: String }

  /// Runs `apt-gate` on this node.
  func gate(_ arguments: String..., environment: [String: String] = [:]) throws -> Command.Outcome {
    try gate(arguments, environment: environment)
  }

  func gate(_ arguments: [String], environment: [String: String] = [:]) throws -> Command.Outcome {
    try Command(Self.binary, arguments + options(for: arguments), environment: environment).run()
  }

  /// What `apt-get dist-upgrade` would install, upgrade or remove on this node, sorted.
  func upgrades() throws -> [String] {
    let outcome = try Command("apt-get", ["-s", "-q", "dist-upgrade"] + apt).run()
    guard outcome.status == 0 else { throw Failure(text: outcome.error) }
    return outcome.output.split(separator: "\n").filter { $0.hasPrefix("Inst ") || $0.hasPrefix("Remv ") }
      .map { $0.split(separator: " ").prefix(2).joined(separator: " ") }.sorted()
  }

  private var apt: [String] {
    ["-o", "Dir=\(folder.path)/", "-o", "APT::Architecture=amd64", "-o", "APT::Architectures=amd64"]
  }

  /// Runs a shell pipeline in which `$GATE` stands for `apt-gate check` on this node.
  func shell(_ script: String) throws -> Command.Outcome {
    let words = ([Self.binary, "check"] + options(for: ["check"])).map { "'\($0)'" }.joined(separator: " ")
    return try Command("bash", ["-c", script.replacing("$GATE", with: words)]).run()
  }

  private func options(for arguments: [String]) -> [String] {
    if arguments.first == "policy" { return arguments.dropFirst().first == "check" ? apt : [] }
    guard arguments.first != "inspect" else { return apt }
    if arguments.starts(with: ["fleet", "unlock"]) { return ["--state", "\(folder.path)/state"] }
    return apt + ["--policies", "\(folder.path)/policies", "--state", "\(folder.path)/state"]
  }

  /// Beside the test bundle, which this process runs from.
  static let binary = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "apt-gate").path

  private var lists: String {
    let place = address.replacing(/^(file:|http:\/\/)/, with: "").replacing("/", with: "_")
    return "var/lib/apt/lists/\(place)_dists_stable"
  }

  private func store() throws {
    try folder.write("var/lib/dpkg/status", installed)
    try folder.write("\(lists)_main_binary-amd64_Packages", available)
  }

  private static func stanza(_ name: String, _ version: String) -> String {
    """
    Package: \(name)
    Version: \(version)
    Architecture: amd64
    Maintainer: Test <test@example.org>
    Installed-Size: 10
    Description: a package of the tests

    """
  }
}
