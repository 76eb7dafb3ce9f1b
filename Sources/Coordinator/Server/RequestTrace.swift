internal import CoordinatorAPI
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// What the log says of one request. Never credentials, never bodies.
struct RequestTrace {
  var address: String
  var method: String
  var path: String
  var route = "none"
  var identity: String?
  var problem: APIProblem?

  init(_ request: Request, address: String) {
    self.address = address
    method = request.method.rawValue
    path = String(request.uri.path.prefix(512))
  }

  /// Refusals are notices, failures of the coordinator are errors, callers who went before they had asked are no news,
  /// everything else is for debugging.
  func log(to logger: Logger, status: Int, duration: Duration) {
    let isGone = problem?.kind == .incompleteBody
    let level: Logger.Level = status >= 500 ? .error : isGone ? .info : status >= 400 ? .notice : .debug
    guard level >= logger.logLevel else { return }
    var metadata: Logger.Metadata = [
      "address": "\(address)", "method": "\(method)", "path": "\(path)", "route": "\(route)", "status": "\(status)",
      "milliseconds": "\(Int(duration / .milliseconds(1)))",
    ]
    if let identity { metadata["identity"] = "\(identity)" }
    if let problem {
      metadata["kind"] = "\(problem.kind.rawValue)"
      metadata["reason"] = "\(problem.value)"
    }
    logger.log(level: level, problem == nil ? "request" : "request refused", metadata: metadata)
  }
}
