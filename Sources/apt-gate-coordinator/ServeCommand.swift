import ArgumentParser
import Coordinator
import FleetStore
import GateModel
import Glibc
import Logging
import ServiceLifecycle
import SystemdSystem
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer nodes and operators until the process is asked to end.",
    discussion: """
      SIGTERM and SIGINT end it after the requests that have begun. SIGHUP reads the configuration again: identities, \
      locks and publishers take effect at once.
      """)

  @OptionGroup var options: SettingsOptions

  @Option(help: ArgumentHelp("Log from this level on: debug, info, notice, warning or error.", valueName: "level"))
  var logLevel: LogLevel = .info

  func run() async throws {
    let settings = SettingsBox(try options.load())
    let store = try options.open(settings.current.store)
    LoggingSystem.bootstrap { label in JSONLineLog(label: label, level: logLevel.level) }
    let logger = Logger(label: "apt-gate-coordinator")
    // The store is asked once, so that a coordinator that cannot work does not say that it is ready.
    _ = try await store.get("probe")
    let server = try CoordinatorServer(
      settings: settings, store: store, planReader: FleetPlanFile.read, logger: logger, clock: WallClock.now
    ) { port in
      logger.info("listening", metadata: ["address": "\(settings.current.listen.host)", "port": "\(port)"])
      Readiness.notify("READY=1")
    }
    let services: [any Service] = [server, Watchdog(store: store, logger: logger), Reloader(options, settings, logger)]
    let group = ServiceGroup(
      configuration: .init(
        services: services.map { service in
          .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    Readiness.notify("STOPPING=1")
  }
}

enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case debug, info, notice, warning, error

  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// The time of day.
enum WallClock {
  @Sendable static func now() -> Timestamp { Timestamp(secondsSinceEpoch: Int64(time(nil))) }
}
