import Glibc
import Policy

/// Folders of policies, each policy in `NAME/policy.yaml`. A name in an earlier folder hides it in later ones.
struct PolicyFolders {
  var folders: [String]

  /// The administrator's, then the package's.
  static let standard = PolicyFolders(folders: ["/etc/apt-gate/policies", "/usr/share/apt-gate/policies"])

  /// The texts of all policies, by the order of their names.
  ///
  /// Throws ``CommandFailure`` with the status `undetermined` if there is none, or one cannot be read: without
  /// its rules nothing can be said.
  func sources() throws -> [PolicySource] {
    var files: [String: String] = [:]
    for folder in folders.reversed() {
      for name in try names(in: folder) where access("\(folder)/\(name)/policy.yaml", F_OK) == 0 {
        files[name] = "\(folder)/\(name)/policy.yaml"
      }
    }
    guard !files.isEmpty else {
      throw Self.failure(
        "there are no policies in \(folders.map { "`\($0)`" }.joined(separator: " or "))",
        hint: "name a folder that has some with `--policies DIR`")
    }
    return try files.sorted { $0.key < $1.key }.map { try source(at: $0.value) }
  }

  private func names(in folder: String) throws -> [String] {
    if access(folder, R_OK | X_OK) == 0 { return TextFile.names(in: folder) }
    if errno == ENOENT, folders.count > 1 { return [] }
    throw Self.failure(
      "cannot read the policies in `\(folder)`: \(SystemError.text(errno))",
      hint: "name another folder with `--policies DIR`")
  }

  private func source(at path: String) throws -> PolicySource {
    guard let bytes = TextFile.bytes(of: path) else {
      throw Self.failure("cannot read the policy `\(path)`: \(SystemError.text(errno))", hint: "make it readable")
    }
    guard let source = PolicySource(name: path, bytes: bytes) else {
      throw Self.failure("the policy `\(path)` is not UTF-8", hint: "save it as UTF-8")
    }
    return source
  }

  private static func failure(_ message: String, hint: String) -> CommandFailure {
    CommandFailure(message: message, hint: hint, status: .undetermined)
  }
}

extension PolicyOptions {
  /// The policies in force. What is wrong in them is told on standard error, all of it; they go on as far as they
  /// can be read.
  func load() throws -> PolicySet {
    let folders = policies.map { PolicyFolders(folders: [$0]) } ?? .standard
    let load = PolicySet.load(try folders.sources())
    for diagnostic in load.diagnostics { try StandardStream.error.write("apt-gate: \(diagnostic.rendered)\n") }
    return load.set
  }
}
