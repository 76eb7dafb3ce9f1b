import ArgumentParser
import NetworkState
import NetworkSystem

/// Options that say which objects are shown.
struct ObjectFilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only routes and rules of this table, by name or number; may be repeated.", valueName: "table"))
  var table: [String] = []

  @Option(help: ArgumentHelp("Only objects of this family: inet or inet6.", valueName: "family"))
  var family: FamilyArgument?

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "Only routes, rules and nexthops that this protocol made, by name or number; may be repeated.",
      valueName: "protocol"))
  var protocols: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only this link, what it carries and what goes through it; may be repeated.", valueName: "interface"))
  var dev: [String] = []

  func filter() throws -> ObjectFilter {
    let names = NumberNameFiles.read()
    return ObjectFilter(
      tables: Set(try table.map { try Self.number($0, "table", names.tables) }),
      families: Set([family?.family].compactMap(\.self)), protocols: try Self.protocols(protocols, names),
      interfaces: Set(dev))
  }

  /// Protocols by name or number. Throws a ``CommandFailure`` for a name that this node does not know.
  static func protocols(_ words: [String], _ names: NumberNames) throws -> Set<RouteProtocol> {
    Set(
      try words.map { word in
        let number = try number(word, "protocol", names.protocols)
        guard let byte = UInt8(exactly: number) else {
          throw CommandFailure(message: "protocols are numbers up to 255, not `\(word)`", status: .usage)
        }
        return RouteProtocol(rawValue: byte)
      })
  }

  private static func number(_ word: String, _ noun: String, _ names: [UInt32: String]) throws -> UInt32 {
    if let number = UInt32(word) { return number }
    guard let number = names.first(where: { $0.value == word })?.key else {
      throw CommandFailure(
        message: "no \(noun) is called `\(word)` on this node", hint: "give its number", status: .usage)
    }
    return number
  }
}

/// An address family as `ip` names it.
enum FamilyArgument: String, CaseIterable, ExpressibleByArgument {
  case inet, inet6

  var family: AddressFamily { self == .inet ? .ipv4 : .ipv6 }
}
