import GateModel
import SystemdSystem

/// What the notify command gets on standard input. Described by docs/protocols/events.schema.json.
struct EventsDocument {
  var node: String
  var time: Timestamp
  var news: [GateNews]

  static let schema = "apt-gate/events/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema), "node": .string(node), "time": .string(time.description),
      "events": .array(news.map(\.json)),
    ]
  }
}

extension GateNews {
  fileprivate var json: JSONValue {
    [
      "event": .string(event.rawValue), "messageId": .string(event.messageID), "message": .string(message),
      "source": .optional(fields[.source]), "version": .optional(fields[.version]),
      "rule": .optional(fields[.rule]), "unit": .optional(fields[.unit]),
      "transaction": .optional(fields[.transaction]), "result": .optional(fields[.result]),
      "count": .optional(fields[.count].flatMap { Int($0) }), "person": .optional(fields[.person]),
    ]
  }
}
