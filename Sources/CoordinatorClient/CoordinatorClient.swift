// CoordinatorClient: the node's and the operator's way to a coordinator, and to any FleetLock server.
//
// Knows: HTTP over TLS, deadlines, when asking again makes sense.
// Must never know: policies, apt, what a grant is used for.

internal import AsyncHTTPClient
internal import CoordinatorAPI
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Speaks to one coordinator. Every call ends within the deadline that it is given.
public final class CoordinatorClient: Sendable {
  /// An answer larger than this is refused.
  public static let largestAnswer = 64 << 20

  private let address: CoordinatorAddress
  private let http: HTTPClient
  private let token: String?

  public init(_ address: CoordinatorAddress) throws(CoordinatorClientError) {
    self.address = address
    do {
      token = try address.tokenFile.map(SmallTextFile.line)
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.minimumTLSVersion = .tlsv12
      if let file = address.trustedCertificates {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
      }
      if let file = address.certificate, let key = address.key {
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
      }
      http = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: .init(
          tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5))))
    } catch let error as CoordinatorClientError {
      throw error
    } catch {
      throw CoordinatorClientError(.configuration, "a certificate or key cannot be read: \(error)")
    }
  }

  /// Ends the connections. The client cannot be used afterwards.
  public func close() async { try? await http.shutdown() }

  deinit {
    let http = http
    // A second end is refused, and that is all.
    Task { try? await http.shutdown() }
  }

  /// Asks until there is an answer or `deadline` has passed.
  ///
  /// - Parameters:
  ///   - repeating: when the same is asked again.
  ///   - limit: a longer answer is not read to its end; `.unexpected` is thrown.
  public func ask<Answer: Decodable & Sendable>(
    _ method: Method, _ path: String, body: (some Encodable & Sendable)? = Nothing?.none, within deadline: Duration,
    repeating: Repetition = .always, headers: [String: String] = [:],
    atMost limit: Int = CoordinatorClient.largestAnswer
  ) async throws(CoordinatorClientError) -> Answer {
    let bytes = try await send(
      method, path, body: body, within: deadline, repeating: repeating, headers: headers, atMost: limit)
    return try decoded(bytes)
  }

  func decoded<Answer: Decodable>(_ bytes: [UInt8]) throws(CoordinatorClientError) -> Answer {
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(bytes))
    } catch {
      throw CoordinatorClientError(.unexpected, "the answer of `\(address.url)` cannot be read: \(error)")
    }
  }

  /// The answer's body and its `Date`; asked once.
  func dated(
    _ method: Method, _ path: String, within deadline: Duration
  ) async throws(CoordinatorClientError) -> (body: [UInt8], date: String?) {
    let request = try request(method, path, Nothing?.none, [:])
    return try await once(request, until: .now + deadline, atMost: Self.largestAnswer)
  }

  /// As ``ask(_:_:body:within:repeating:headers:atMost:)``, where the answer has no body of interest.
  @discardableResult
  public func send(
    _ method: Method, _ path: String, body: (some Encodable & Sendable)? = Nothing?.none, within deadline: Duration,
    repeating: Repetition = .always, headers: [String: String] = [:],
    atMost limit: Int = CoordinatorClient.largestAnswer
  ) async throws(CoordinatorClientError) -> [UInt8] {
    let end = ContinuousClock.now + deadline
    let request = try request(method, path, body, headers)
    var backOff = BackOff()
    while true {
      let failure: CoordinatorClientError
      do {
        return try await once(request, until: end, atMost: limit).body
      } catch {
        failure = error
      }
      guard failure.isTransient(repeating) else { throw failure }
      let pause = backOff.next()
      guard ContinuousClock.now + pause < end else { throw failure }
      try? await Task.sleep(for: pause)
      if Task.isCancelled { throw failure }
    }
  }

  private func request(
    _ method: Method, _ path: String, _ body: (some Encodable)?, _ headers: [String: String]
  ) throws(CoordinatorClientError) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: address.url + path)
    request.method = HTTPMethod(rawValue: method.rawValue)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    guard let body else { return request }
    do {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
      return request
    } catch {
      throw CoordinatorClientError(.configuration, "the request cannot be written: \(error)")
    }
  }

  private func once(
    _ request: HTTPClientRequest, until end: ContinuousClock.Instant, atMost limit: Int
  ) async throws(CoordinatorClientError) -> (body: [UInt8], date: String?) {
    let left = end - .now
    guard left > .zero else { throw CoordinatorClientError(.unreachable, "`\(address.url)` did not answer in time") }
    let status: Int
    let bytes: [UInt8]
    let date: String?
    do {
      let response = try await http.execute(request, timeout: TimeAmount(left))
      status = Int(response.status.code)
      date = response.headers.first(name: "Date")
      bytes = Array(try await response.body.collect(upTo: limit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw CoordinatorClientError(.unexpected, "the answer of `\(address.url)` has over \(limit) bytes")
    } catch {
      throw CoordinatorClientError(.unreachable, "`\(address.url)` does not answer: \(error)")
    }
    if (200..<300).contains(status) { return (bytes, date) }
    let problem = try? JSONDecoder().decode(APIProblem.self, from: Data(bytes))
    throw CoordinatorClientError(
      .refused(status: status, kind: problem?.kind), problem?.value ?? "`\(address.url)` answered with status \(status)"
    )
  }

  /// When a question is asked again within its deadline. One that was not looked at (status 429) always is.
  public enum Repetition: Sendable {
    /// When no answer came, or the server could not do it: asking twice does no harm.
    case always
    /// When no answer came; any that did is the answer.
    case unanswered
    case never
  }

  public enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

  /// No body.
  public struct Nothing: Encodable, Sendable {}
}
