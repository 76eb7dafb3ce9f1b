internal import FoundationEssentials

// etcd's messages in JSON, with the fields that are used here. What has its default is left out of an answer.

struct EtcdRangeRequest: Encodable, Sendable {
  var key: Data
  var rangeEnd: Data?
  var limit: String?

  enum CodingKeys: String, CodingKey {
    case key, limit
    case rangeEnd = "range_end"
  }
}

struct EtcdPutRequest: Encodable, Sendable {
  var key: Data
  var value: Data
}

struct EtcdOperation: Encodable, Sendable {
  var requestRange: EtcdRangeRequest?
  var requestPut: EtcdPutRequest?
  var requestDeleteRange: EtcdRangeRequest?

  enum CodingKeys: String, CodingKey {
    case requestRange = "request_range"
    case requestPut = "request_put"
    case requestDeleteRange = "request_delete_range"
  }
}

struct EtcdCompare: Encodable, Sendable {
  var key: Data
  var target = "MOD"
  var result = "EQUAL"
  /// Nought is the revision of a key that does not exist.
  var revision: String

  init(key: Data, version: UInt64) {
    self.key = key
    revision = String(version)
  }

  enum CodingKeys: String, CodingKey {
    case key, target, result
    case revision = "mod_revision"
  }
}

struct EtcdTransactionRequest: Encodable, Sendable {
  var compare: [EtcdCompare]
  var success: [EtcdOperation]
}

struct EtcdAuthenticateRequest: Encodable, Sendable {
  var name: String
  var password: String
}

struct EtcdHeader: Decodable, Sendable { var revision: String? }

struct EtcdKeyValue: Decodable, Sendable {
  var key: Data
  var value: Data?
  var modRevision: String?

  enum CodingKeys: String, CodingKey {
    case key, value
    case modRevision = "mod_revision"
  }
}

struct EtcdRangeResponse: Decodable, Sendable {
  var kvs: [EtcdKeyValue]?
  var more: Bool?
}

struct EtcdOperationResponse: Decodable, Sendable {
  var responseRange: EtcdRangeResponse?

  enum CodingKeys: String, CodingKey { case responseRange = "response_range" }
}

struct EtcdTransactionResponse: Decodable, Sendable {
  var header: EtcdHeader?
  var succeeded: Bool?
  var responses: [EtcdOperationResponse]?
}

struct EtcdAuthenticateResponse: Decodable, Sendable { var token: String }

/// What the gateway answers when it cannot do what it was asked; `code` is gRPC's.
struct EtcdErrorResponse: Decodable, Sendable {
  var code: Int?
  var message: String?
  var error: String?

  var text: String { message ?? error ?? "no reason given" }
}
