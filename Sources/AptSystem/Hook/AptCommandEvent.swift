internal import FoundationEssentials

/// What an `apt` or `apt-get` command tells the hooks of `AptCli::Hooks::Install` about itself.
///
/// Source: apt 2.6, doc/json-hooks-protocol.md.
public struct AptCommandEvent: Sendable, Hashable {
  /// apt found no way to do what was asked, and does nothing.
  public static let failure = "org.debian.apt.hooks.install.fail"

  public var method: String
  /// What the person wrote: `systemd`, `systemd=252`, `systemd/stable`, `systemd:amd64`, `systemd-`.
  public var searchTerms: [String]

  public init(method: String, searchTerms: [String]) {
    self.method = method
    self.searchTerms = searchTerms
  }

  /// The names that packages in ``searchTerms`` may have: a last `+` or `-` says what to do, or belongs to the name (`g++`).
  public var names: Set<String> {
    Set(
      searchTerms.flatMap { term in
        let name = String(term.prefix { !"=/:".contains($0) })
        return name.hasSuffix("+") || name.hasSuffix("-") ? [name, String(name.dropLast())] : [name]
      })
  }

  /// A notification; nil if it is none, or not of JSON-RPC 2.0.
  init?(line: [UInt8]) {
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(line)) else { return nil }
    self.init(method: message.method, searchTerms: message.params?.searchTerms ?? [])
  }

  private struct Message: Decodable {
    struct Parameters: Decodable {
      var searchTerms: [String]?

      enum CodingKeys: String, CodingKey { case searchTerms = "search-terms" }
    }

    var method: String
    var params: Parameters?
  }
}
