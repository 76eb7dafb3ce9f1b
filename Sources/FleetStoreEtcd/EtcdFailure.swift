internal import AsyncHTTPClient
internal import FleetStore
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Why a member of etcd did not do what it was asked, and what that leaves open.
struct EtcdFailure: Error {
  enum Kind {
    /// It was not asked, or it said that it did nothing: another one may be asked.
    case notDone
    /// It may have been done.
    case unknown
    /// The token is no longer good: a new one may help.
    case unauthenticated
    /// No member would answer otherwise.
    case final(FleetStoreError.Code)
  }

  var kind: Kind
  var message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// An answer that is no success. Sources: etcd's api/v3rpc/rpctypes/error.go for the texts, gRPC's codes.
  init(status: UInt, answer: EtcdErrorResponse) {
    let text = answer.text
    message = "etcd: \(text)"
    switch answer.code {
    case 16: kind = .unauthenticated
    // Answers of a member that never handed the request to the raft log.
    case 14 where text.contains("no leader") || text.contains("not ready") || text.contains("server stopped"):
      kind = .notDone
    case 8 where text.contains("too many requests"): kind = .notDone
    // NOSPACE: nothing is written until an operator makes room.
    case 8: kind = .final(.broken)
    case 3 where text.contains("authentication failed") || text.contains("user name is empty"): kind = .final(.broken)
    case 3 where text.contains("revision of auth store is old"): kind = .unauthenticated
    case 3, 11: kind = .final(.invalid)
    case 7, 9: kind = .final(.broken)
    case nil where status == 401: kind = .unauthenticated
    // The server before the gateway refuses: a client certificate with a common name where users are on, for one.
    case nil where (400..<500).contains(status): kind = .final(.broken)
    default: kind = .unknown
    }
  }

  /// A request that ended without an answer.
  init(_ error: any Error, endpoint: String) {
    message = "etcd at `\(endpoint)`: \(error)"
    switch error {
    case let error as HTTPClientError
    where error == .connectTimeout || error == .tlsHandshakeTimeout || error == .getConnectionFromPoolTimeout:
      kind = .notDone
    case is NIOConnectionError, is NIOSSLExtraError: kind = .notDone
    case let error as NIOSSLError where Self.isHandshake(error): kind = .notDone
    case let error as IOError where error.errnoCode == ECONNREFUSED: kind = .notDone
    default: kind = .unknown
    }
  }

  /// After the handshake an error of TLS leaves open whether the request has arrived.
  private static func isHandshake(_ error: NIOSSLError) -> Bool {
    if case .handshakeFailed = error { return true }
    return false
  }

  func storeError(isRepeatable: Bool) -> FleetStoreError {
    switch kind {
    case .final(let code): FleetStoreError(code, message)
    case .unknown where !isRepeatable: FleetStoreError(.unknownOutcome, message)
    case .notDone, .unknown: FleetStoreError(.unavailable, message)
    case .unauthenticated: FleetStoreError(.broken, message)
    }
  }
}
