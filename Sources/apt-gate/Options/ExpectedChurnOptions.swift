import ArgumentParser
import GateConfiguration
import GateModel
import NetworkState
import NetworkSystem

/// Options that say what comes and goes on this node all the time, beside what its configuration says.
struct ExpectedChurnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out links whose names match, and what is only theirs, such as 'veth*'; may be repeated.",
      valueName: "glob"))
  var expectInterface: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out routes, rules and nexthops that this protocol made, by name or number; may be repeated.",
      valueName: "protocol"))
  var expectProtocol: [String] = []

  @Option(
    help: ArgumentHelp("Leave out routes to, and addresses in, this prefix; may be repeated.", valueName: "prefix"))
  var expectPrefix: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out what `expectedChurn` of this configuration names as well. (default: \(SettingsFiles.standardPath))",
      valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  /// What the options and the configuration name. A configuration that is broken names nothing, unless it was asked for:
  /// it must not keep anyone from mending the network.
  func churn() throws -> ExpectedChurn {
    let stated = try statedChurn()
    let configured = try configuredChurn()
    return ExpectedChurn(
      interfaces: stated.interfaces + configured.interfaces,
      protocols: stated.protocols.union(configured.protocols), prefixes: stated.prefixes + configured.prefixes)
  }

  private func configuredChurn() throws -> ExpectedChurn {
    if let config { return try SettingsFiles(path: config, isRequired: true).load().expectedChurn }
    do {
      return try SettingsFiles().load().expectedChurn
    } catch {
      try StandardStream.error.write("apt-gate: nothing is taken for expected churn: \(error)\n")
      return .none
    }
  }

  private func statedChurn() throws -> ExpectedChurn {
    ExpectedChurn(
      interfaces: expectInterface.map { Glob($0) },
      protocols: try ObjectFilterOptions.protocols(expectProtocol, NumberNameFiles.read()),
      prefixes: try expectPrefix.map { text in
        guard let prefix = IPPrefix(text) else {
          throw CommandFailure(
            message: "`\(text)` is no prefix", hint: "write it as 198.18.0.0/15 or 2001:db8::/32", status: .usage)
        }
        return prefix
      })
  }
}

extension GateSettings {
  /// What changes on this node all the time.
  var expectedChurn: ExpectedChurn {
    ExpectedChurn(
      interfaces: churn.interfaces.map { Glob($0) },
      protocols: Set(churn.protocols.map { RouteProtocol(rawValue: $0) }), prefixes: churn.prefixes)
  }
}
