internal import CAptPkg
internal import Synchronization

/// The serial owner of libapt-pkg in this process.
///
/// One configuration is in force at a time. A caller with another configuration than the one in force waits for
/// its turn, and libapt is then configured anew: right, but as slow as a fresh start.
enum AptLibrary {
  /// The configuration in force; nil before the first.
  private static let inForce = Mutex<AptConfiguration?>(nil)

  /// Runs `body` alone inside libapt with `configuration` in force; with `fresh`, configuration files are read again.
  static func use<Result: Sendable>(
    _ configuration: AptConfiguration, fresh: Bool = false, _ body: () throws -> Result
  ) throws -> Result {
    try inForce.withLock { current in
      if fresh || current != configuration {
        current = nil
        try configure(configuration)
        current = configuration
      }
      return try body()
    }
  }

  /// Runs `body` alone inside libapt, whatever the configuration. Must not be called from within ``use(_:fresh:_:)``.
  static func alone<Result: Sendable>(_ body: () -> Result) -> Result {
    inForce.withLock { _ in body() }
  }

  private static func configure(_ configuration: AptConfiguration) throws {
    var strings = CStrings()
    let options = configuration.options.map { capt_option(key: strings.add($0.key), value: strings.add($0.value)) }
    let outcome = AptOutcome { messages in capt_configure(options, options.count, &messages) }
    strings.free()
    try outcome.check { details in
      AptSystemError(
        code: .configurationMalformed, message: "apt's configuration cannot be used",
        advice: "see `apt-config dump` and correct the file or option it names", details: details)
    }
  }
}

/// A configuration of libapt, told apart from others with the same options by the collector it belongs to.
struct AptConfiguration: Sendable, Hashable {
  let owner: UInt64
  let options: [AptOption]

  private static let lastOwner = Atomic<UInt64>(0)

  init(options: [AptOption]) {
    owner = Self.lastOwner.wrappingAdd(1, ordering: .relaxed).newValue
    self.options = options
  }
}
