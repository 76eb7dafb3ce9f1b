import GateEngine
import GateModel
import NetworkState
import NetworkSystem

/// The facts of this node's network: read when they are first asked for, once for each version that would start.
///
/// A failure makes them unknown and is kept; it is not tried again, so that a check loses the deadline once at most.
final class NetworkFactsSource {
  /// How long one reading may take.
  var limit = Duration.seconds(2)

  /// Whether this is the node that the packages are of.
  private let isLive: Bool
  private var known: [NetworkdVersion?: NetworkFacts] = [:]
  /// Why the facts are not known; nil as long as nothing that was asked for failed.
  private(set) var unknown: UnknownFact?

  init(isLive: Bool) { self.isLive = isLive }

  /// The facts under which `change` is decided: where it brings systemd, that version is the one that would start.
  func facts(for change: Change) -> NetworkFacts? {
    let systemd = change.binaries.first { $0.name == "systemd" }
    return facts(starting: systemd?.to.flatMap { NetworkdVersion($0.text) })
  }

  /// The facts where `version` would start, without it the installed one.
  func facts(starting version: NetworkdVersion?) -> NetworkFacts? {
    if let facts = known[version] { return facts }
    guard unknown == nil else { return nil }
    guard isLive else {
      unknown = UnknownFact("network", reason: "the packages are those of another root than `/`")
      return nil
    }
    switch Self.read(starting: version, limit) {
    case .success(let facts): known[version] = facts
    case .failure(let failure): unknown = UnknownFact("network", reason: failure.message)
    }
    return known[version]
  }

  /// A file system that hangs hangs nobody else.
  private static func read(
    starting version: NetworkdVersion?, _ limit: Duration
  ) -> Result<NetworkFacts, CommandFailure> {
    let result = TimedReading.value(within: limit) { Result { try reading(starting: version, limit) } }
    guard let result else {
      return .failure(CommandFailure(message: "reading it took over \(Int(limit / .milliseconds(1))) ms", hint: ""))
    }
    return result.mapError { CommandFailure(message: "\($0)", hint: "") }
  }

  private static func reading(starting version: NetworkdVersion?, _ limit: Duration) throws -> NetworkFacts {
    let reading = try NetworkdReader().read(version: version, by: .after(limit))
    return NetworkFacts(
      of: reading.snapshot, reading.restart, version: reading.process?.version ?? reading.installed,
      names: NumberNameFiles.read())
  }
}
