/// What happens to systemd-networkd: it starts again, or it comes to manage one more link.
public struct NetworkdRestart: Sendable, Hashable {
  public enum Event: Sendable, Hashable {
    case restart
    /// A link appears that would be managed so. The process that runs knows what it made itself, and configures this
    /// link only.
    case newLink(LinkManagement)
  }

  public var event = Event.restart
  /// Whether it runs now; one that does not run is not restarted by `try-restart`.
  public var isRunning: Bool
  /// The version that starts; for a new link, the one that runs.
  public var version: NetworkdVersion
  /// The values on disk, because those apply after a restart.
  public var settings: NetworkdSettings
  /// Whether the process that runs hands its state over: both it and its successor are 257 or later, and the service
  /// manager keeps the descriptor for it.
  public var keepsState: Bool
  /// The links that would be managed, by index. Links that are not in it would not be.
  public var managed: [UInt32: LinkManagement]
  /// The links that are managed now.
  public var managedNow: Set<UInt32>
  /// Of links that are managed now and would not be: what their file asks for, where it is still there. A successor that
  /// is handed the state takes that away.
  public var abandoned: [UInt32: RequestedConfiguration] = [:]
  /// Of those, the links whose file is gone, so that what it asked for is not known.
  public var abandonedWithoutFile: Set<UInt32> = []
  /// The addresses that networkd says it has leased, by link.
  public var leases: [UInt32: IPAddress] = [:]

  public init(
    isRunning: Bool = true, version: NetworkdVersion, settings: NetworkdSettings = NetworkdSettings(),
    keepsState: Bool = false, managed: [UInt32: LinkManagement], managedNow: Set<UInt32> = []
  ) {
    self.isRunning = isRunning
    self.version = version
    self.settings = settings
    self.keepsState = keepsState
    self.managed = managed
    self.managedNow = managedNow
  }
}
