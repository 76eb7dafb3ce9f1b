import AsyncHTTPClient
import Coordinator
import CoordinatorAPI
import FleetSupport
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks a test's coordinator, with a certificate, an Authorization header or nothing.
struct TestClient: Sendable {
  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
    var headers: HTTPHeaders

    var problem: APIProblem? { try? json() }
    var text: String { String(decoding: body, as: UTF8.self) }

    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
      try JSONDecoder().decode(type, from: Data(body))
    }
  }

  let coordinator: TestCoordinator
  var certificate: TestAuthority.Files?
  var authorization: String?

  func ask(
    _ method: HTTPMethod, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil
  ) async throws -> Answer {
    let http = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: .init(tlsConfiguration: try tls(), redirectConfiguration: .disallow))
    do {
      let scheme = coordinator.settings.current.tls == nil ? "http" : "https"
      var request = HTTPClientRequest(url: "\(scheme)://127.0.0.1:\(coordinator.port)\(path)")
      request.method = method
      for (name, value) in headers { request.headers.add(name: name, value: value) }
      if let authorization { request.headers.add(name: "Authorization", value: authorization) }
      if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
      let response = try await http.execute(request, timeout: .seconds(20))
      let bytes = try await response.body.collect(upTo: 16 << 20)
      try await http.shutdown()
      return Answer(
        status: Int(response.status.code), body: Array(bytes.readableBytesView), headers: response.headers)
    } catch {
      try? await http.shutdown()
      throw error
    }
  }

  func ask(_ operation: DocumentedOperation) async throws -> Answer {
    try await ask(operation.method, operation.path, headers: operation.headers, body: operation.body)
  }

  func post(_ path: String, json: String, headers: [String: String] = [:]) async throws -> Answer {
    try await ask(.POST, path, headers: headers, body: Array(json.utf8))
  }

  private func tls() throws -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(coordinator.authority.certificate))
    if let certificate {
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem))
    }
    return tls
  }
}
