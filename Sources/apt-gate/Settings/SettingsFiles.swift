import GateConfiguration
import Documents
import Glibc

/// The files of apt-gate's configuration: apt-gate.yaml, and beside it the drop-ins in apt-gate.yaml.d.
struct SettingsFiles {
  static let standardPath = "/etc/apt-gate/apt-gate.yaml"

  /// The main file.
  var path = standardPath
  /// Whether it must be there.
  var isRequired = false

  /// Throws ``CommandFailure`` if a file cannot be read, is not to be trusted, or has an error; all errors of all files
  /// are told on standard error first.
  func load() throws -> GateSettings {
    let (settings, diagnostics) = ConfigurationInput(try sources()).validated()
    try StandardStream.error.tell(diagnostics)
    guard diagnostics.contains(where: { $0.severity == .error }) else { return settings }
    throw CommandFailure(
      message: "the configuration `\(path)` is broken", hint: "mend it; apt-gate.yaml(5) has all keys")
  }

  private func sources() throws -> [DocumentSource] {
    let main = try source(path)
    if main == nil, isRequired {
      throw CommandFailure(message: "there is no configuration `\(path)`", hint: "name another with `--config FILE`")
    }
    let folder = path + ".d"
    try TrustedFile.require(folder, what: "the folder of configuration")
    let names = TextFile.names(in: folder).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
    return try [main].compactMap { $0 } + names.compactMap { try source("\(folder)/\($0)") }
  }

  /// nil if there is no such file.
  private func source(_ path: String) throws -> DocumentSource? {
    guard access(path, F_OK) == 0 else { return nil }
    try TrustedFile.require(path, what: "the configuration")
    guard let bytes = TextFile.bytes(of: path) else {
      throw CommandFailure(
        message: "cannot read the configuration `\(path)`: \(SystemError.text(errno))", hint: "make it readable")
    }
    guard let source = DocumentSource(name: path, bytes: bytes) else {
      throw CommandFailure(message: "the configuration `\(path)` is not UTF-8", hint: "save it as UTF-8")
    }
    return source
  }
}
