import ArgumentParser
import Foundation
import Testing

@testable import apt_gate

/// The man page and the command line must say the same.
@Suite struct ManPageTests {
  /// The commands and options of the argument parser, as it dumps them.
  private struct Dump: Decodable {
    struct Command: Decodable {
      var commandName: String
      var shouldDisplay: Bool?
      var arguments: [Argument]?
      var subcommands: [Command]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        var kind: String
        var name: String
      }

      var kind: String
      var names: [Name]?
    }

    var command: Command
  }

  private static func dump() throws -> Dump.Command {
    let text = AptGate._dumpHelp()
    return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
  }

  /// The subcommands that people are told of.
  private static func visible(_ command: Dump.Command) -> [Dump.Command] {
    (command.subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
  }

  /// `-o` and `--json` as a person types them.
  private static func options(of command: Dump.Command) -> Set<String> {
    let own = (command.arguments ?? []).flatMap { $0.names ?? [] }
      .map { ($0.kind == "long" ? "--" : "-") + $0.name }
    return Set(own).union(visible(command).flatMap { options(of: $0) })
  }

  /// The commands that do something, by what a person types for them: `check`, `policy check`.
  private static func leaves(of command: Dump.Command) -> [(name: String, command: Dump.Command)] {
    visible(command).flatMap { below in
      let leaves = leaves(of: below)
      if leaves.isEmpty { return [(below.commandName, below)] }
      return leaves.map { ("\(below.commandName) \($0.name)", $0.command) }
    }
  }

  private static func page() throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../man/apt-gate.8")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  /// Options of the lines that begin an entry of the section `title`.
  private static func documentedOptions() throws -> Set<String> {
    let section = try page().drop { $0 != ".Ss Options" }.dropFirst().prefix { !$0.hasPrefix(".Ss") }
    let heads = section.filter { $0.hasPrefix(".It") }.map { $0.replacing("Fl Fl ", with: "Fl -") }
    return Set(heads.flatMap { $0.matches(of: /Fl (-?[a-z-]+)/).map { "-\($0.output.1)" } })
  }

  @Test func everyOptionIsDocumentedAndNoOther() throws {
    #expect(try Self.documentedOptions() == Self.options(of: Self.dump()))
  }

  @Test func everyCommandIsDocumentedAndNoOther() throws {
    let section = try Self.page().drop { $0 != ".Ss Commands" }.prefix { $0 != ".Ss Options" }
    let documented = section.compactMap {
      $0.firstMatch(of: /^\.It Cm ([a-z]+( [a-z-]+)*)/).map { String($0.output.1) }
    }
    let commands = try Self.leaves(of: Self.dump()).map(\.name)
    #expect(documented.sorted() == Set(commands + ["help"]).sorted())
  }

  /// Each command's synopsis has the options of that command and no other.
  @Test func theSynopsisIsComplete() throws {
    let synopsis = try Self.page().drop { $0 != ".Sh SYNOPSIS" }.prefix { $0 != ".Sh DESCRIPTION" }
    let parts = synopsis.split(separator: ".Nm").map { $0.joined(separator: "\n") }
    for (name, command) in try Self.leaves(of: Self.dump()) {
      let part = try #require(parts.first { $0.hasPrefix(".Cm \(name)\n") }, "\(name)")
      let shown = part.replacing("Fl Fl ", with: "Fl -").matches(of: /Fl (-?[a-z-]+)/).map { "-\($0.output.1)" }
      let known = Self.options(of: command)
      #expect(known.isSuperset(of: shown), "\(name)")
      // An option with two names is shown by one, and every command has -h.
      let missing = known.subtracting(shown).subtracting(["-h", "--help", "--version", "--quiet", "--apt-option"])
      #expect(missing == [], "\(name)")
    }
  }

  @Test func everyExitStatusIsDocumented() throws {
    let section = try Self.page().drop { $0 != ".Sh EXIT STATUS" }.prefix { $0 != ".Sh EXAMPLES" }
    let documented = section.compactMap { $0.firstMatch(of: /^\.It ([0-9]+)$/).flatMap { Int32($0.output.1) } }
    let statuses: [apt_gate.ExitStatus] = [.done, .failed, .held, .checkFailed, .undetermined, .usage]
    #expect(documented == statuses.map(\.rawValue))
  }

  @Test(
    .enabled(if: Command.exists("mandoc"), "mandoc is not installed"),
    arguments: ["apt-gate.8", "apt-gate-policy.5", "apt-gate.yaml.5", "apt-gate-coordinator.8"])
  func mandocFindsNothingWrong(name: String) throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../man/\(name)")
    let lint = try Command("mandoc", ["-T", "lint", "-W", "warning", page.path]).run()
    #expect(lint.output + lint.error == "")
  }
}
