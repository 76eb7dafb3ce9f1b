import FleetStore
import Glibc
import Logging
import ServiceLifecycle
import SystemdSystem

/// Tells the service manager that the coordinator still works, as long as its store answers or says why it does not.
/// Source: sd_watchdog_enabled(3): twice in each interval.
struct Watchdog: Service {
  let store: any FleetStore
  let logger: Logger

  func run() async throws {
    let interval = getenv("WATCHDOG_USEC").flatMap { Int64(String(cString: $0)) } ?? 0
    let pause = interval > 0 ? Duration.microseconds(interval / 2) : .seconds(3600)
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // The store has a deadline of its own: a call that never ends would end this process, which is the purpose.
        do {
          _ = try await store.get("probe")
        } catch {
          logger.error("the store does not answer", metadata: ["error": "\(error)"])
        }
        if interval > 0 { Readiness.notify("WATCHDOG=1") }
        try? await Task.sleep(for: pause)
      }
    }
  }
}

extension Watchdog: CustomStringConvertible {
  /// As the log names it.
  var description: String { "watchdog" }
}
