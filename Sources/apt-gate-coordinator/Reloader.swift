import Coordinator
import Logging
import ServiceLifecycle
import SystemdSystem
import UnixSignals

/// Reads the configuration again when the process gets SIGHUP. A broken one changes nothing.
struct Reloader: Service {
  let options: SettingsOptions
  let settings: SettingsBox
  let logger: Logger

  init(_ options: SettingsOptions, _ settings: SettingsBox, _ logger: Logger) {
    self.options = options
    self.settings = settings
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      for await _ in await UnixSignalsSequence(trapping: .sighup) {
        do {
          settings.replace(with: try options.load())
          logger.notice("configuration read again", metadata: ["file": "\(options.config)"])
        } catch {
          logger.error("configuration not taken", metadata: ["file": "\(options.config)", "error": "\(error)"])
        }
      }
    }
  }
}

extension Reloader: CustomStringConvertible {
  /// As the log names it.
  var description: String { "reloader" }
}
