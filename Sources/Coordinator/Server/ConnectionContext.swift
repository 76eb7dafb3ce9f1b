internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOSSL

/// What is known of a request beside itself: the connection that it came over.
struct ConnectionContext: InitializableFromSource {
  let channel: any Channel
  let logger: Logger

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
    logger = source.logger
  }

  /// The other end's IP address; empty if the connection has gone.
  var address: String { channel.remoteAddress?.ipAddress ?? "" }

  /// DER of the certificate that the client showed and that TLS has verified; nil if it showed none.
  func clientCertificate() async -> [UInt8]? {
    guard let found = try? await channel.nioSSL_peerCertificate().get() else { return nil }
    return try? found.toDERBytes()
  }
}
