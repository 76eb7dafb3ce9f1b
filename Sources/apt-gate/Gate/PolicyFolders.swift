import Documents
import Glibc
import Policy

/// Folders of policies, each policy in `NAME/policy.yaml` with its tests in `NAME/tests.yaml`; or a policy's own
/// folder. A name in an earlier folder hides it in later ones.
struct PolicyFolders {
  var folders: [String]
  /// Whether a folder that does not exist is passed over.
  var mayBeMissing = false

  /// The administrator's, then the package's.
  static let standard = PolicyFolders(
    folders: ["/etc/apt-gate/policies", "/usr/share/apt-gate/policies"], mayBeMissing: true)

  /// The texts of all policies, by the order of their names.
  ///
  /// Throws ``CommandFailure`` with the status `undetermined` if there is none, or one cannot be read: without
  /// its rules nothing can be said.
  func sources() throws -> [DocumentSource] { try read(tests: false).compactMap(\.policy) }

  /// The texts of all policies and, if `tests`, of their tests, by the order of their names. Tests that stand alone
  /// are there too. Throws as ``sources()`` does.
  func read(tests: Bool) throws -> [PolicyTestSuite.Folder] {
    let folders = try places().map { name, path in
      PolicyTestSuite.Folder(
        name: name, policy: try source("\(path)/policy.yaml"), tests: tests ? try source("\(path)/tests.yaml") : nil)
    }
    guard folders.contains(where: { $0.policy != nil }) else {
      throw Self.failure(
        "there are no policies in \(self.folders.map { "`\($0)`" }.joined(separator: " or "))",
        hint: mayBeMissing ? "name a folder that has some with `--policies DIR`" : "name a folder that has some")
    }
    return folders
  }

  /// Throws unless nobody but root can have written the policies that root decides by.
  func requireTrusted() throws {
    let places = try places().map(\.path)
    for path in folders + places + places.map({ "\($0)/policy.yaml" }) {
      try TrustedFile.require(path, what: "the policy", status: .undetermined)
    }
  }

  /// Tests alone never hide a policy.
  private func places() throws -> [(name: String, path: String)] {
    var paths: [String: String] = [:]
    for folder in folders.reversed() {
      for (name, path) in try places(in: folder) where paths[name] == nil || Self.has("policy.yaml", path) {
        paths[name] = path
      }
    }
    return paths.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func places(in folder: String) throws -> [(name: String, path: String)] {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    if Self.has("policy.yaml", folder) {
      return [(folder.split(separator: "/").last.map(String.init) ?? folder, folder)]
    }
    return try names(in: folder).map { ($0, "\(folder)/\($0)") }
      .filter { Self.has("policy.yaml", $0.1) || Self.has("tests.yaml", $0.1) }
  }

  private static func has(_ file: String, _ folder: String) -> Bool { access("\(folder)/\(file)", F_OK) == 0 }

  private func names(in folder: String) throws -> [String] {
    if access(folder, R_OK | X_OK) == 0 { return TextFile.names(in: folder).filter { !$0.hasPrefix(".") } }
    if errno == ENOENT, mayBeMissing { return [] }
    throw Self.failure(
      "cannot read the policies in `\(folder)`: \(SystemError.text(errno))",
      hint: "name another folder with `--policies DIR`")
  }

  /// nil if there is no such file.
  private func source(_ path: String) throws -> DocumentSource? {
    guard access(path, F_OK) == 0 else { return nil }
    guard let bytes = TextFile.bytes(of: path) else {
      throw Self.failure("cannot read the policy `\(path)`: \(SystemError.text(errno))", hint: "make it readable")
    }
    guard let source = DocumentSource(name: path, bytes: bytes) else {
      throw Self.failure("the policy `\(path)` is not UTF-8", hint: "save it as UTF-8")
    }
    return source
  }

  private static func failure(_ message: String, hint: String) -> CommandFailure {
    CommandFailure(message: message, hint: hint, status: .undetermined)
  }
}

extension PolicyFolders {
  /// The policies in force. What is wrong in them is told on standard error, all of it; they go on as far as they
  /// can be read.
  func load() throws -> PolicySet {
    let load = PolicySet.load(try sources())
    try StandardStream.error.tell(load.diagnostics)
    return load.set
  }

  /// The same, but broken policies are refused: nothing that is said of a part would hold for the whole.
  func loadWhole() throws -> PolicySet {
    let set = try load()
    guard set.brokenBy == nil else {
      throw Self.failure(
        "the policies in \(folders.map { "`\($0)`" }.joined(separator: ", ")) are broken", hint: "mend them first")
    }
    return set
  }
}

extension StandardStream {
  /// Each of `diagnostics` as `policy check` shows it.
  func tell(_ diagnostics: [Diagnostic]) throws {
    for diagnostic in diagnostics { try write("apt-gate: \(diagnostic.rendered)\n") }
  }
}
