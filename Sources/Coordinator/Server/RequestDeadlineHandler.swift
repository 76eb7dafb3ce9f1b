internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTPTypes
internal import NIOSSL

/// Ends connections that take too long to say what they want: a byte now and then does not keep one open.
///
/// One deadline runs from the connection's beginning to the end of its first request's header, the TLS handshake with it;
/// one from there to the end of the body; one while nothing is asked.
final class RequestDeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: RequestLimits
  private let logger: Logger
  private var timer: Scheduled<Void>?
  /// Whether the answer was given before the request's body had ended.
  private var isAnswered = false

  init(_ limits: RequestLimits, logger: Logger) {
    self.limits = limits
    self.logger = logger
  }

  func handlerAdded(context: ChannelHandlerContext) { expect("a header", within: limits.headerDeadline, context) }
  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isAnswered = false
      expect("a body", within: limits.bodyDeadline, context)
    case .body: break
    case .end: if !isAnswered { timer?.cancel() }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      isAnswered = true
      expect("another request", within: limits.idleDeadline, context)
    }
    context.write(data, promise: promise)
  }

  /// Errors of the TLS handshake, an expired certificate among them, and of requests that cannot be parsed.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client that has its answer and goes without a word was not refused.
    if isAnswered, case .uncleanShutdown? = error as? NIOSSLError { return context.fireErrorCaught(error) }
    logger.notice(
      "connection refused",
      metadata: ["address": "\(context.remoteAddress?.ipAddress ?? "")", "reason": "\(error)"])
    context.fireErrorCaught(error)
  }

  private func expect(_ what: String, within limit: Duration, _ context: ChannelHandlerContext) {
    timer?.cancel()
    let address = context.remoteAddress?.ipAddress ?? ""
    let channel = context.channel
    let logger = logger
    timer = context.eventLoop.scheduleTask(in: TimeAmount(limit)) {
      if what != "another request" {
        logger.notice(
          "connection refused", metadata: ["address": "\(address)", "reason": "no end of \(what) within \(limit)"])
      }
      channel.close(promise: nil)
    }
  }
}
