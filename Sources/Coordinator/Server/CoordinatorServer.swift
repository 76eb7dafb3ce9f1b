internal import CoordinatorAPI
internal import CoordinatorPages
public import FleetStore
public import GateModel
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
internal import NIOSSL
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
    let plain = HTTPServerBuilder.http1(configuration: channel)
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let application = Application(
      responder: gatekeeper,
      server: try current.tls.map { try .tls(plain, tlsConfiguration: Self.tls($0)) } ?? plain,
      configuration: ApplicationConfiguration(
        address: .hostname(current.listen.host, port: current.listen.port), serverName: nil,
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
      services: [clockwork], onServerRunning: { await onListening($0.localAddress?.port ?? 0) }, logger: logger)
    try await application.run()
  }

  /// TLS 1.2 and later. A client certificate is asked for if there are authorities to check it; one that does not pass ends
  /// the handshake, none leaves the token.
  private static func tls(_ files: ServerCertificates) throws -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
      let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
      var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
      tls.minimumTLSVersion = .tlsv12
      if let file = files.clientAuthorities {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
        tls.certificateVerification = .optionalVerification
      }
      return tls
    } catch {
      throw CoordinatorError("the certificates or the key of `tls` cannot be read: \(error)")
    }
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
