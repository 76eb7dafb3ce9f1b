import Glibc
import NetworkState

/// How this node finds whoever gives it slots, and whether it would still find it after what the gate is there to prevent.
struct CoordinatorWay {
  /// The host of its URL.
  var host: String
  /// Servers that resolve names here; empty where the host is an address or a name of /etc/hosts.
  var resolvers: [IPAddress]
  /// Whether names go through systemd-resolved, which systemd's updates restart.
  var isResolvedBySystemd = false

  /// - Parameter root: the folder of the files, without a slash at its end.
  init(_ url: String, root: String = "") {
    var rest = url[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    if rest.first == "[" {
      host = String(rest.dropFirst().prefix { $0 != "]" })
    } else {
      host = String(rest.prefix { $0 != ":" && $0 != "/" })
    }
    resolvers = []
    guard address == nil, !Self.isInHosts(host, root) else { return }
    resolvers = Self.servers(in: root + "/etc/resolv.conf")
    guard resolvers.contains(where: { $0.description.hasPrefix("127.0.0.5") }) else { return }
    isResolvedBySystemd = true
    resolvers = Self.servers(in: root + "/run/systemd/resolve/resolv.conf")
  }

  /// The coordinator's address; nil where a name stands for it.
  var address: IPAddress? { IPAddress(host) }

  /// Source: resolv.conf(5).
  private static func servers(in file: String) -> [IPAddress] {
    (TextFile.contents(of: file) ?? "").split(separator: "\n").compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.count > 1 && words[0] == "nameserver" ? IPAddress(words[1].prefix { $0 != "%" }) : nil
    }
  }

  /// Source: hosts(5).
  private static func isInHosts(_ host: String, _ root: String) -> Bool {
    (TextFile.contents(of: root + "/etc/hosts") ?? "").split(separator: "\n").contains { line in
      line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).dropFirst()
        .contains { $0.lowercased() == host.lowercased() }
    }
  }
}
