import ArgumentParser
import GateModel
import NetworkState
import NetworkSystem

/// What is guarded, and where the report goes.
struct GuardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Guard the network namespace at this path, such as /run/netns/NAME. (default: the one this process is in)",
      valueName: "path"),
    completion: .file())
  var netns: String?

  @Option(
    help: ArgumentHelp(
      "Protect what this stored snapshot, a folder, has. (default: what is there when the command starts)",
      valueName: "dir"),
    completion: .directory)
  var baseline: String?

  @Option(help: ArgumentHelp("Write the report as JSON to this file as well.", valueName: "file"), completion: .file())
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Do not protect what is on interfaces with this name, a glob such as `veth*`; may be repeated.",
      valueName: "glob"))
  var expectInterface: [String] = []

  @Option(
    help: ArgumentHelp(
      "Do not protect routes, rules and nexthops of this protocol, a name or number; may be repeated.",
      valueName: "protocol"))
  var expectProtocol: [String] = []

  @Option(help: ArgumentHelp("Do not protect what is in this prefix; may be repeated.", valueName: "prefix"))
  var expectPrefix: [String] = []

  @Option(
    help: ArgumentHelp(
      "How many seconds systemd-networkd may take at most, after the command's end, to configure its links.",
      valueName: "seconds"))
  var settle = 10

  func validate() throws {
    for text in expectPrefix where IPPrefix(text) == nil {
      throw ValidationError("`\(text)` is no prefix such as 198.18.0.0/15")
    }
    let names = NumberNameFiles.read()
    for text in expectProtocol where names.protocolNumber(text) == nil {
      throw ValidationError("`\(text)` is no protocol that `ip route` knows")
    }
    guard (0...3600).contains(settle) else { throw ValidationError("`--settle` takes seconds, 0 to 3600") }
  }

  var settings: GuardSettings {
    var settings = GuardSettings(namespace: netns)
    settings.expected = expected
    settings.settle = .seconds(settle)
    return settings
  }

  private var expected: ExpectedChurn {
    let names = NumberNameFiles.read()
    return ExpectedChurn(
      interfaces: expectInterface.map { Glob($0) }, protocols: Set(expectProtocol.compactMap(names.protocolNumber)),
      prefixes: expectPrefix.compactMap { IPPrefix($0) })
  }

  /// The snapshot of `--baseline`; nil without that.
  func earlierBaseline() throws -> NetworkSnapshot? {
    try baseline.map { try SnapshotStore.read(folder: $0).snapshot }
  }

  /// Writes the report to the file of `--report`.
  func write(_ document: GuardDocument) throws {
    if let report { try AtomicFile.write(JSONWriter.text(of: document.json), to: report) }
  }
}

extension NumberNames {
  /// The protocol with a name or number.
  fileprivate func protocolNumber(_ text: String) -> RouteProtocol? {
    let number = UInt8(text) ?? protocols.first { $0.value == text }.flatMap { UInt8(exactly: $0.key) }
    return number.map(RouteProtocol.init)
  }
}
