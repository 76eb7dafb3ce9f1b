internal import Synchronization

/// The settings in force. Reading coordinator.yaml again replaces them while requests are answered.
public final class SettingsBox: Sendable {
  private let settings: Mutex<CoordinatorSettings>

  public init(_ settings: CoordinatorSettings) { self.settings = Mutex(settings) }

  public var current: CoordinatorSettings { settings.withLock { $0 } }

  /// What takes effect at once: roles, locks, publishers, names of certificates' files. Addresses, stores and limits need
  /// a restart, and so does whether there is TLS at all.
  public func replace(with new: CoordinatorSettings) {
    settings.withLock { settings in
      settings.identities = new.identities
      settings.lockGroups = new.lockGroups
      settings.plainLockClients = new.plainLockClients
      settings.publishers = new.publishers
      if settings.tls != nil, let tls = new.tls { settings.tls = tls }
    }
  }
}
