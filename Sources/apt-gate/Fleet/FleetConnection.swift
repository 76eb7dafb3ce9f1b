import CoordinatorClient
import GateConfiguration

/// How a command reaches the coordinator: what the command line says, and the configuration where it says nothing.
struct FleetConnection {
  var coordinator: String?
  var trust: String?
  var certificate: String?
  /// The certificate's.
  var key: String?
  var tokenFile: String?
  var config: String?

  func address() throws -> CoordinatorAddress {
    if let coordinator {
      return CoordinatorAddress(
        url: coordinator, trustedCertificates: trust, certificate: certificate, key: key, tokenFile: tokenFile)
    }
    guard var address = try settings().fleet?.address else {
      throw CommandFailure(
        message: "no coordinator is configured",
        hint: "name it with `--coordinator URL`, or as `fleet:` in the configuration; see apt-gate.yaml(5)")
    }
    address.trustedCertificates = trust ?? address.trustedCertificates
    if certificate != nil || tokenFile != nil {
      address.certificate = certificate
      address.key = key
      address.tokenFile = tokenFile
    }
    return address
  }

  /// The configuration of this machine.
  func settings() throws -> GateSettings {
    try (config.map { SettingsFiles(path: $0, isRequired: true) } ?? SettingsFiles()).load()
  }
}
