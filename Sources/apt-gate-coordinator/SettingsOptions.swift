import ArgumentParser
import Coordinator
import Documents
import FleetStore
import FleetStoreEtcd
import FleetStoreSQLite
import Foundation

/// The configuration, and the store that it names.
struct SettingsOptions: ParsableArguments {
  static let standardPath = "/etc/apt-gate/coordinator.yaml"

  @Option(help: ArgumentHelp("Read this configuration.", valueName: "file"))
  var config = Self.standardPath

  /// Throws ``ExitCode`` 1 after every error has been told on standard error.
  func load() throws -> CoordinatorSettings {
    guard let bytes = FileManager.default.contents(atPath: config) else {
      throw Failure("cannot read the configuration `\(config)`; name another with `--config`")
    }
    guard let source = DocumentSource(name: config, bytes: bytes) else {
      throw Failure("the configuration `\(config)` is not UTF-8; save it as UTF-8")
    }
    let (settings, diagnostics) = CoordinatorSettings.read(source)
    for diagnostic in diagnostics { FileHandle.standardError.write(Data("\(diagnostic.rendered)\n".utf8)) }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw Failure("the configuration `\(config)` is broken; mend it")
    }
    return settings
  }

  func open(_ choice: StoreChoice) throws -> any FleetStore {
    switch choice {
    case .sqlite(let path): return try SQLiteFleetStore(path: path)
    case .etcd(let choice):
      var password: String?
      if let file = choice.passwordFile {
        guard let bytes = FileManager.default.contents(atPath: file) else {
          throw Failure("cannot read the password of etcd in `\(file)`")
        }
        password = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
      }
      return try EtcdFleetStore(
        EtcdSettings(
          endpoints: choice.endpoints, trustedCertificates: choice.trustedCertificates,
          certificate: choice.certificate, key: choice.key, user: choice.user, password: password,
          prefix: choice.prefix))
    }
  }
}

/// What could not be done, and what to do about it; exit status 1.
struct Failure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
