import ArgumentParser
import Coordinator

struct CheckConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config", abstract: "Say what is wrong with the configuration.")

  @OptionGroup var options: SettingsOptions

  func run() async throws {
    let settings = try options.load()
    print(
      "\(options.config): nothing is wrong; it listens on \(settings.listen), \(settings.tls == nil ? "without" : "with") TLS"
    )
  }
}
