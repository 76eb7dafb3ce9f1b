import Foundation
import NetworkState
import Testing

/// The kernel messages of a namespace and what stock `ip` printed of it; `setup.sh` beside them made it.
enum Fixture {
  static func bytes(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
    return try [UInt8](Data(contentsOf: url))
  }

  static let files: [NetworkObjectKind: String] = [
    .link: "links", .address: "addresses", .nexthop: "nexthops", .route: "routes", .rule: "rules",
    .neighbour: "neighbours",
  ]

  static func snapshot(_ name: String = "rich") throws -> NetworkSnapshot {
    var snapshot = NetworkSnapshot()
    for (kind, file) in files {
      snapshot[kind] = try MessageTable(adopting: bytes("\(name)/\(file).nl"))
    }
    return snapshot
  }
}
