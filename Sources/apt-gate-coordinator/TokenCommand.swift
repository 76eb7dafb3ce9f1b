import ArgumentParser
import Coordinator
import CoordinatorAPI
import Documents
import GateModel

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Bearer tokens, for who has no client certificate.",
    subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// A role on the command line.
struct RoleArgument: ExpressibleByArgument {
  var role: Role

  init?(argument: String) {
    guard let role = Role(rawValue: argument) else { return nil }
    self.role = role
  }

  static var allValueStrings: [String] { Role.allCases.map(\.rawValue) }
}

struct TokenCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token and print it; it is not shown again.")

  @OptionGroup var options: SettingsOptions
  @Argument(help: "Who holds it: the node's name, or a person's.") var name: String
  @Option(help: ArgumentHelp("What it allows; can be given more than once.", valueName: "role"))
  var role: [RoleArgument]
  @Option(help: ArgumentHelp("When it ends, such as 90d; never by default.", valueName: "duration"))
  var expiresIn: String?

  func run() async throws {
    let now = WallClock.now()
    var expires: Timestamp?
    if let text = expiresIn {
      guard let duration = DurationText.parse(text), duration > .zero else {
        throw ValidationError("`\(text)` is no duration; write it as `90d` or `12h`")
      }
      expires = now.advanced(by: duration)
    }
    let tokens = TokenStore(try options.open(try options.load().store))
    let (text, record) = try await tokens.create(name: name, roles: Set(role.map(\.role)), expires: expires, at: now)
    print(text)
    StandardError.tell(
      "token \(record.id) of `\(record.name)`: \(record.roles.map(\.rawValue).joined(separator: ", "))")
  }
}

struct TokenListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens, never their text.")

  @OptionGroup var options: SettingsOptions

  func run() async throws {
    let tokens = TokenStore(try options.open(try options.load().store))
    for record in try await tokens.list().sorted(by: { ($0.name, $0.id) < ($1.name, $1.id) }) {
      let end = record.expires.map { "until \($0)" } ?? "without end"
      print("\(record.id)  \(record.name)  \(record.roles.map(\.rawValue).joined(separator: ","))  \(end)")
    }
  }
}

struct TokenRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "revoke", abstract: "End a token.")

  @OptionGroup var options: SettingsOptions
  @Argument(help: "Its identifier, as `token list` shows it.") var id: String

  func run() async throws {
    let tokens = TokenStore(try options.open(try options.load().store))
    guard try await tokens.revoke(id: id) else {
      throw Failure("no token has the identifier `\(id)`; see `token list`")
    }
  }
}
