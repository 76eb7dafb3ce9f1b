import ArgumentParser
import GateModel
import NetworkState
import NetworkSystem

/// Options that say what comes and goes on this node all the time.
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

  func churn() throws -> ExpectedChurn {
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
