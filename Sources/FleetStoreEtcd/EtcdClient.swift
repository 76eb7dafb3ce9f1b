internal import AsyncHTTPClient
internal import FleetStore
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization

/// Asks the members of etcd, one after the other, within a deadline.
final class EtcdClient: Sendable {
  /// A page of the largest values is refused rather than taken into memory whole.
  private static let largestAnswer = 256 << 20

  private let settings: EtcdSettings
  private let http: HTTPClient
  /// The member that answered last, and the token that etcd gave for user and password.
  private let state = Mutex<(preferred: Int, token: String?)>((0, nil))

  init(_ settings: EtcdSettings) throws(FleetStoreError) {
    guard !settings.endpoints.isEmpty else { throw FleetStoreError(.invalid, "etcd needs at least one endpoint") }
    self.settings = settings
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try Self.tls(settings), timeout: .init(connect: .init(settings.patience)))
    configuration.redirectConfiguration = .disallow
    // The gateway is as good over HTTP/1.1, which it is mostly used with.
    configuration.httpVersion = .http1Only
    http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  func close() async { try? await http.shutdown() }

  deinit {
    let http = http
    // A second end is refused, and that is all.
    Task { try? await http.shutdown() }
  }

  private static func tls(_ settings: EtcdSettings) throws(FleetStoreError) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    do {
      if let file = settings.trustedCertificates {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
      }
      if let file = settings.certificate, let key = settings.key {
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
      }
    } catch {
      throw FleetStoreError(.invalid, "etcd's certificates or key cannot be read: \(error)")
    }
    return tls
  }

  /// - Parameter isRepeatable: whether asking twice does no harm.
  func ask<Answer: Decodable & Sendable>(
    _ method: String, _ request: some Encodable & Sendable, isRepeatable: Bool
  ) async throws(FleetStoreError) -> Answer {
    let end = ContinuousClock.now + settings.deadline
    let body = try Self.encoded(request)
    var failure = EtcdFailure(.notDone, "etcd was not asked in time")
    var renewals = 1
    while ContinuousClock.now < end {
      for number in order() where ContinuousClock.now < end {
        do {
          let bytes = try await post(method, body, to: number, end: end)
          state.withLock { $0.preferred = number }
          return try JSONDecoder().decode(Answer.self, from: bytes)
        } catch let error as EtcdFailure {
          failure = error
        } catch {
          throw FleetStoreError(isRepeatable ? .broken : .unknownOutcome, "etcd's answer cannot be read: \(error)")
        }
        switch failure.kind {
        case .final: throw failure.storeError(isRepeatable: isRepeatable)
        case .unknown where !isRepeatable: throw failure.storeError(isRepeatable: false)
        case .unauthenticated where renewals == 0: throw failure.storeError(isRepeatable: isRepeatable)
        case .unauthenticated:
          renewals -= 1
          state.withLock { $0.token = nil }
        case .notDone, .unknown: break
        }
      }
      // An election takes about a second.
      try? await Task.sleep(for: .milliseconds(50))
      if Task.isCancelled { break }
    }
    throw failure.storeError(isRepeatable: isRepeatable)
  }

  /// The members' numbers, the preferred one first.
  private func order() -> [Int] {
    let first = state.withLock { $0.preferred }
    return settings.endpoints.indices.map { (first + $0) % settings.endpoints.count }
  }

  private func post(_ method: String, _ body: Data, to number: Int, end: ContinuousClock.Instant) async throws -> Data {
    let token = try await token(from: number, end: end)
    return try await send(method, body, token: token, to: number, end: end)
  }

  private func token(from number: Int, end: ContinuousClock.Instant) async throws -> String? {
    guard let user = settings.user, let password = settings.password else { return nil }
    if let known = state.withLock({ $0.token }) { return known }
    do {
      let body = try JSONEncoder().encode(EtcdAuthenticateRequest(name: user, password: password))
      let bytes = try await send("auth/authenticate", body, token: nil, to: number, end: end)
      let token = try JSONDecoder().decode(EtcdAuthenticateResponse.self, from: bytes).token
      state.withLock { $0.token = token }
      return token
    } catch let failure as EtcdFailure {
      // INVARIANT: what was asked for has not been sent yet.
      if case .unknown = failure.kind { throw EtcdFailure(.notDone, failure.message) }
      throw failure
    }
  }

  private func send(
    _ method: String, _ body: Data, token: String?, to number: Int, end: ContinuousClock.Instant
  ) async throws -> Data {
    let endpoint = settings.endpoints[number]
    var request = HTTPClientRequest(url: "\(endpoint)/v3/\(method)")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    if let token { request.headers.add(name: "Authorization", value: token) }
    request.body = .bytes(ByteBuffer(bytes: body))
    let limit = min(end - .now, settings.patience)
    do {
      let response = try await http.execute(request, timeout: TimeAmount(limit))
      let buffer = try await response.body.collect(upTo: Self.largestAnswer)
      let bytes = Data(buffer.readableBytesView)
      guard response.status == .ok else {
        let answer = try? JSONDecoder().decode(EtcdErrorResponse.self, from: bytes)
        let words = String(decoding: bytes.prefix(300), as: UTF8.self).split(separator: "\n").first.map(String.init)
        throw EtcdFailure(
          status: response.status.code, answer: answer ?? EtcdErrorResponse(error: words ?? "\(response.status)"))
      }
      return bytes
    } catch let failure as EtcdFailure {
      throw failure
    } catch {
      throw EtcdFailure(error, endpoint: endpoint)
    }
  }

  private static func encoded(_ request: some Encodable) throws(FleetStoreError) -> Data {
    do {
      return try JSONEncoder().encode(request)
    } catch {
      throw FleetStoreError(.invalid, "the request cannot be written: \(error)")
    }
  }
}
