internal import FoundationEssentials
internal import Logging
internal import NIOSSL
internal import ServiceLifecycle
internal import Synchronization

/// The server's certificate, key and client authorities, read again when a file or its name has changed.
///
/// Connections that are open keep what they began with; new ones get what is in force. Files that cannot be used, because
/// only one of two has been replaced for example, leave what was in force before.
final class CertificatesInForce: Service {
  /// How often the files are looked at: their times, not what is in them.
  private static let interval = Duration.seconds(1)

  private let settings: SettingsBox
  private let logger: Logger
  private let state: Mutex<State>

  private struct State {
    var context: NIOSSLContext
    /// Of the files that were read last, whether they could be used or not.
    var stamps: [Stamp]
  }

  /// A file as it was when it was looked at.
  private struct Stamp: Equatable {
    var path: String
    var modified: Date?
    var size: Int?
    var number: Int?

    init(_ path: String) {
      self.path = path
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      modified = attributes?[.modificationDate] as? Date
      size = attributes?[.size] as? Int
      number = attributes?[.systemFileNumber] as? Int
    }
  }

  /// Throws if the files cannot be used.
  init(_ files: ServerCertificates, settings: SettingsBox, logger: Logger) throws {
    self.settings = settings
    self.logger = logger
    let stamps = Self.stamps(files)
    state = Mutex(State(context: try Self.context(files), stamps: stamps))
  }

  var context: NIOSSLContext { state.withLock { $0.context } }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.interval)
        self.readAgain()
      }
    }
  }

  private func readAgain() {
    guard let files = settings.current.tls else { return }
    let stamps = Self.stamps(files)
    guard stamps != state.withLock({ $0.stamps }) else { return }
    do {
      let context = try Self.context(files)
      state.withLock { $0 = State(context: context, stamps: stamps) }
      logger.notice("certificates read again", metadata: ["file": "\(files.certificate)"])
    } catch {
      state.withLock { $0.stamps = stamps }
      logger.error("certificates not taken", metadata: ["file": "\(files.certificate)", "error": "\(error)"])
    }
  }

  private static func stamps(_ files: ServerCertificates) -> [Stamp] {
    ([files.certificate, files.key] + (files.clientAuthorities.map { [$0] } ?? [])).map(Stamp.init)
  }

  /// TLS 1.2 and later. A client certificate is asked for if there are authorities to check it; one that does not pass ends
  /// the handshake, none leaves the token.
  private static func context(_ files: ServerCertificates) throws -> NIOSSLContext {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
      let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
      var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
      tls.minimumTLSVersion = .tlsv12
      tls.applicationProtocols = ["http/1.1"]
      if let file = files.clientAuthorities {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
        tls.certificateVerification = .optionalVerification
      }
      return try NIOSSLContext(configuration: tls)
    } catch {
      throw CoordinatorError("the certificates or the key of `tls` cannot be used: \(error)")
    }
  }
}

extension CertificatesInForce: CustomStringConvertible {
  /// As the log names it.
  var description: String { "certificates" }
}
