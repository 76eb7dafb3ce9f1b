import AsyncHTTPClient
import FleetStore
import Foundation
import NIOCore
import NIOHTTP1

/// What a member of etcd has recorded since its beginning, asked over the JSON gateway.
struct EtcdHistory {
  /// One transaction.
  struct Commit: Sendable {
    var revision: UInt64
    var writes: [StoreWrite]
  }

  struct Status {
    var leads: Bool
    var revision: UInt64
  }

  static let prefix = "apt-gate/"
  let member: String

  private struct Header: Decodable {
    var member: String?
    var revision: String?

    enum CodingKeys: String, CodingKey {
      case revision
      case member = "member_id"
    }
  }
  private struct StatusAnswer: Decodable {
    var header: Header
    var leader: String?
  }
  private struct Pair: Decodable {
    var key: Data
    var value: Data?
    var revision: String?

    enum CodingKeys: String, CodingKey {
      case key, value
      case revision = "mod_revision"
    }
  }
  private struct RangeAnswer: Decodable { var kvs: [Pair]? }
  private struct WatchAnswer: Decodable {
    struct Result: Decodable {
      struct Event: Decodable {
        var type: String?
        var kv: Pair
      }
      var events: [Event]?
      var compacted: String?

      enum CodingKeys: String, CodingKey {
        case events
        case compacted = "compact_revision"
      }
    }
    var result: Result?
  }

  func status() async throws -> Status {
    let answer: StatusAnswer = try await ask("maintenance/status", [:], within: .seconds(1))
    return Status(
      leads: answer.leader != nil && answer.leader == answer.header.member,
      revision: answer.header.revision.flatMap(UInt64.init) ?? 0)
  }

  /// Every key of the fleet with its value.
  func contents() async throws -> [String: [UInt8]] {
    let answer: RangeAnswer = try await ask(
      "kv/range", ["key": Self.base64(Self.prefix), "range_end": Self.base64("apt-gate0")], within: .seconds(20))
    return Dictionary(
      (answer.kvs ?? []).map { (Self.key($0), Array($0.value ?? Data())) }, uniquingKeysWith: { first, _ in first })
  }

  /// Every transaction on the fleet's keys, in order.
  func read() async throws -> [Commit] {
    let end = try await status().revision
    var request = HTTPClientRequest(url: "\(member)/v3/watch")
    request.method = .POST
    let create: [String: Any] = [
      "key": Self.base64(Self.prefix), "range_end": Self.base64("apt-gate0"), "start_revision": "1", "fragment": false,
    ]
    let body = try JSONSerialization.data(withJSONObject: ["create_request": create])
    request.body = .bytes(ByteBuffer(bytes: body))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
    var commits: [Commit] = []
    var line: [UInt8] = []
    for try await part in response.body {
      for byte in part.readableBytesView {
        if byte != UInt8(ascii: "\n") {
          line.append(byte)
          continue
        }
        try Self.take(line, into: &commits)
        line = []
      }
      // The last write of all may be to another key: what is behind it has been sent, too.
      if let last = commits.last, last.revision >= end { return commits }
    }
    throw StormFailure("etcd's history ends at \(commits.last?.revision ?? 0) of \(end)")
  }

  private static func take(_ line: [UInt8], into commits: inout [Commit]) throws {
    let answer = try JSONDecoder().decode(WatchAnswer.self, from: Data(line))
    guard answer.result?.compacted == nil else { throw StormFailure("etcd has compacted its history") }
    for event in answer.result?.events ?? [] {
      guard let revision = event.kv.revision.flatMap(UInt64.init) else {
        throw StormFailure("an event of etcd has no revision")
      }
      let key = key(event.kv)
      let write: StoreWrite =
        event.type == "DELETE" ? .delete(key: key) : .put(key: key, bytes: Array(event.kv.value ?? Data()))
      if commits.last?.revision == revision {
        commits[commits.count - 1].writes.append(write)
      } else {
        commits.append(Commit(revision: revision, writes: [write]))
      }
    }
  }

  private func ask<Answer: Decodable>(
    _ method: String, _ body: [String: String], within limit: TimeAmount
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "\(member)/v3/\(method)")
    request.method = .POST
    request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
    let response = try await HTTPClient.shared.execute(request, timeout: limit)
    let bytes = try await response.body.collect(upTo: 256 << 20)
    return try JSONDecoder().decode(Answer.self, from: Data(bytes.readableBytesView))
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
  private static func key(_ pair: Pair) -> String {
    String(decoding: pair.key.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}
