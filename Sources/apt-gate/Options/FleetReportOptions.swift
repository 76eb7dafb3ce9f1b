import ArgumentParser

/// Options of `report` that ask the fleet's coordinator; the certificate's key is `--key`, as in the commands of `fleet`.
struct FleetReportOptions: ParsableArguments {
  @Flag(help: "Report on the whole fleet, as the configured coordinator knows it.")
  var fleet = false

  @Option(help: ArgumentHelp("Report on the whole fleet, as this coordinator knows it.", valueName: "url"))
  var coordinator: String?

  @Option(
    help: ArgumentHelp("Trust the authorities in this PEM file, not the system's.", valueName: "file"),
    completion: .file(extensions: ["pem"]))
  var trust: String?

  @Option(
    help: ArgumentHelp("Show the coordinator this certificate, a PEM file; its key is `--key`.", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Option(help: ArgumentHelp("Show the coordinator the token in this file.", valueName: "file"), completion: .file())
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Read this configuration for the coordinator. (default: /etc/apt-gate/apt-gate.yaml)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  var isAsked: Bool { fleet || coordinator != nil }

  func connection(key: String?) -> FleetConnection {
    FleetConnection(
      coordinator: coordinator, trust: trust, certificate: certificate, key: certificate == nil ? nil : key,
      tokenFile: tokenFile, config: config)
  }
}
