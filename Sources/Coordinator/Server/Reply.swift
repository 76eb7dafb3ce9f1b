internal import CoordinatorAPI
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What is answered.
struct Reply: Sendable {
  var status: Int
  var bytes: [UInt8]
  var contentType: String
  var headers: [String: String] = [:]
  /// Whether it is counted as a request without good credentials, so that guessing is slow.
  var countsAsRefusal = false

  init(status: Int = 200, bytes: [UInt8], contentType: String) {
    self.status = status
    self.bytes = bytes
    self.contentType = contentType
  }

  /// No body.
  static let empty = Reply(status: 204, bytes: [], contentType: "")

  /// No body, with the status that FleetLock asks for; some clients take no other.
  static let done = Reply(bytes: [], contentType: "")

  static func json(_ message: some Encodable, status: Int = 200) throws -> Reply {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Reply(status: status, bytes: Array(try encoder.encode(message)), contentType: "application/json")
  }

  static func problem(_ problem: APIProblem) -> Reply {
    let text = try? JSONEncoder().encode(problem)
    return Reply(status: problem.kind.status, bytes: Array(text ?? Data()), contentType: "application/json")
  }

  var response: Response {
    var fields = HTTPFields()
    if !contentType.isEmpty { fields[.contentType] = contentType }
    // What is answered is about one fleet at one moment, for one identity.
    fields[.cacheControl] = "no-store"
    if let name = HTTPField.Name("X-Content-Type-Options") { fields[name] = "nosniff" }
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let body = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    return Response(status: .init(code: status), headers: fields, body: body)
  }
}
