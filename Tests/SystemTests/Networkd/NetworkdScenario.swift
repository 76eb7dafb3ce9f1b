import Foundation

/// A node on which networkd is restarted: what `Lab/networkd-restart` is told.
struct NetworkdScenario: Encodable, Sendable {
  enum File: Encodable, Sendable {
    case text(String)
    /// A link to `/dev/null`.
    case mask
    case removed

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .mask: try container.encode(["link": "/dev/null"])
      case .removed: try container.encodeNil()
      }
    }
  }

  struct Uplink: Encodable, Sendable {
    var dev = "up0"
    var peer = "peer0"
    var advertises: Bool
  }

  /// Lines for `ip -batch`.
  var links: [String] = []
  var uplink: Uplink?
  var udev: [String: [String: String]] = [:]
  var files: [String: File] = [:]
  /// Lines for `ip -batch`: what others have put beside networkd's own.
  var foreign: [String] = []
  /// What changes while networkd runs.
  var laterFiles: [String: File] = [:]
  var laterUdev: [String: [String: String]] = [:]
  /// Lines for `ip -batch` that make links in the place of a restart, and what udev knows of them, by number.
  var newLink: [String]?
  var newUdev: [String: [String: String]]?
  /// The arguments that apt-gate is run with before the restart.
  var commands: [[String]] = [["network", "predict", "--json"]]

  /// The scenario as `Lab/networkd-restart` reads it, and as a failure shows it.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
