internal import CoordinatorAPI
internal import CoordinatorPages
public import FleetStore
public import GateModel
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle

/// The coordinator's HTTP server: runs until its service group shuts it down, and lets requests that began end.
public struct CoordinatorServer: Service {
  private let settings: SettingsBox
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void
  private let gatekeeper: Gatekeeper
  private let clockwork: FleetClockwork
  /// Every operation of the API.
  let routes: [Route]

  /// Throws if the pages' templates cannot be read.
  ///
  /// - Parameters:
  ///   - planReader: reads the fleet's configuration.
  ///   - clock: the time of day.
  ///   - onListening: called with the port, once connections are taken.
  public init(
    settings: SettingsBox, store: any FleetStore, planReader: @escaping FleetPlanReader, logger: Logger,
    clock: @escaping @Sendable () -> Timestamp,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) throws {
    let renderer = try PageRenderer()
    self.settings = settings
    self.logger = logger
    self.onListening = onListening
    let counters = RequestCounters()
    let locks = FleetLockService(store: store, settings: settings) { group, expired in
      counters.countExpiredLocks(expired.count)
      for lock in expired {
        logger.warning(
          "slot freed: its time was over",
          metadata: ["group": "\(group)", "id": "\(lock.id)", "owner": "\(lock.owner)", "since": "\(lock.since)"])
      }
    }
    let limits = settings.current.limits
    let fleet = FleetService(store: store, plans: PlanSource(store: store, reader: planReader))
    clockwork = FleetClockwork(fleet: fleet, logger: logger, clock: clock)
    let authenticator = Authenticator(tokens: TokenStore(store), settings: settings)
    let pages = PageTable(
      store: store, settings: settings, authenticator: authenticator, fleet: fleet, renderer: renderer)
    routes = RouteTable(store: store, settings: settings, counters: counters, locks: locks, fleet: fleet).routes
    gatekeeper = Gatekeeper(
      routes: routes + pages.routes, authenticator: authenticator,
      entrance: PageEntrance(sessions: pages.sessions, cookie: pages.cookie, renderer: renderer), settings: settings,
      counters: counters, identityLimit: RateLimiter(perSecond: limits.perIdentity, burst: limits.identityBurst),
      refusalLimit: RateLimiter(perSecond: limits.refusalsPerAddress, burst: limits.refusalBurst), clock: clock)
  }

  var fleet: FleetService { clockwork.fleet }

  /// Throws if the settings may not be used, the certificates cannot be read or the address is taken.
  public func run() async throws {
    let current = settings.current
    if let refusal = current.refusal { throw CoordinatorError(refusal) }
    let limits = current.limits
    let logger = logger
    let onListening = onListening
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [RequestDeadlineHandler(limits, logger: logger)],
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 64)
    )
    let certificates = try current.tls.map { try CertificatesInForce($0, settings: settings, logger: logger) }
    let builder = HTTPServerBuilder { responder in
      let plain = HTTP1Channel(responder: responder, configuration: channel)
      return certificates.map { TLSConnections(plain: plain, certificates: $0) } ?? plain
    }
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let application = Application(
      responder: gatekeeper,
      server: builder,
      configuration: ApplicationConfiguration(
        address: .hostname(current.listen.host, port: current.listen.port), serverName: nil,
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
      services: [clockwork] + (certificates.map { [$0] } ?? []),
      onServerRunning: { await onListening($0.localAddress?.port ?? 0) }, logger: logger)
    try await application.run()
  }
}

/// Why the coordinator cannot run.
public struct CoordinatorError: Error, Sendable, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

extension CoordinatorServer: CustomStringConvertible {
  /// As the log names it.
  public var description: String { "coordinator" }
}
