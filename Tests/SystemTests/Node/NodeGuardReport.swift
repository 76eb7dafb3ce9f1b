import Foundation

/// What `apt-gate network guard --report` wrote, as far as the tests look at it.
struct NodeGuardReport: Decodable, Sendable {
  struct Gaps: Decodable, Sendable {
    var count: Int
    var medianMicroseconds: Int?
    var worstMicroseconds: Int?
  }

  struct Object: Decodable, Sendable {
    var dst: String?
    var table: String?
    var priority: Int?
    var local: String?
    var `protocol`: String?

    var name: String {
      [local ?? dst, table.map { "table \($0)" }, priority.map { "pref \($0)" }].compactMap { $0 }
        .joined(separator: " ")
    }
  }

  struct Missing: Decodable, Sendable {
    var kind: String
    var object: Object?
  }

  struct Event: Decodable, Sendable {
    var event: String
    var microseconds: Int
    var kind: String?
    var object: Object?
    var process: String?
    var gapMicroseconds: Int?
  }

  var exitStatus: Int?
  var complete: Bool
  var settled: Bool
  var gaps: Gaps
  var events: [Event]
  var missing: [Missing]
  var notes: [String]

  func count(_ event: String) -> Int { events.count { $0.event == event } }

  /// The gap of each object, the routes of others' on the node summed up, for a person.
  var gapTable: String {
    events.filter { $0.event == "returned" }
      .map { event in
        let gap = event.gapMicroseconds.map(String.init) ?? "-"
        return "    \(event.kind ?? "?") \(event.object?.name ?? "?"): \(gap) us"
      }.joined(separator: "\n")
  }
}
