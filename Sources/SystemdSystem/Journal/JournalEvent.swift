/// What apt-gate tells the journal, each with a message id that never changes, and the catalog's text on it.
///
/// Source: systemd.journal-fields(7), `MESSAGE_ID=`; sd-id128(3).
public enum JournalEvent: String, Sendable, Hashable, CaseIterable {
  case changeHeld
  case changeReleased
  case transactionVetoed
  case transactionFinished
  case shieldRaised
  case shieldLowered
  case shieldSwept
  case shieldFailed
  case restartOwed
  case restartSettled
  case restartFailed
  case networkLost
  case networkRestored
  case networkNotRestored
  case approvalGiven
  case approvalRevoked
  case syncFinished
  case syncFailed
  case gateDegraded
  case deadlineMissed
  case notifyFailed

  /// 32 hexadecimal digits.
  public var messageID: String {
    switch self {
    case .changeHeld: "bb66902a9d734eb389f85fa0979cd395"
    case .changeReleased: "84179ecaddd24accba412da5e8b81472"
    case .transactionVetoed: "a24a56b1099e4317a2bbddc10c61899d"
    case .transactionFinished: "d116a134f72e46fc9c4fab24cea143f7"
    case .shieldRaised: "9b1a746ae8b74d00b07b37a97ec383fd"
    case .shieldLowered: "072baf5716fa4f2da3a30faeadd44734"
    case .shieldSwept: "e721887314a749899491624f9b739709"
    case .shieldFailed: "2b4a6a7a645848248dd815663c853e5b"
    case .restartOwed: "c2f17d146fc54aadbc100d13ca8f9ddf"
    case .restartSettled: "66473e001847455da287816af888b75c"
    case .restartFailed: "f12ed1d4ffb649348b0bbbf05c946c73"
    case .networkLost: "5d171ff78fe64a09b02d7caf6e298833"
    case .networkRestored: "e8fd2f6c7ece4aa7a095888f12cb0ed8"
    case .networkNotRestored: "7d4587bf392d44ad874c4d5d4d73878d"
    case .approvalGiven: "e51a0c0865a741a381db28d6fe11229e"
    case .approvalRevoked: "a514b7f248ab4a76a8c7563f976fbfea"
    case .syncFinished: "c2a0eda05d7946be8e267bc6325d4e11"
    case .syncFailed: "86527cbcf31544399833f7771ffc5988"
    case .gateDegraded: "eb3f8873cdd44e829681c45baf6c62d3"
    case .deadlineMissed: "247930207e4d44e8af5d573a6231f3b8"
    case .notifyFailed: "59f545b716df45c8822d68e2987ba8a2"
    }
  }

  public var priority: JournalPriority {
    switch self {
    case .networkNotRestored: .critical
    case .shieldFailed, .restartFailed, .syncFailed, .gateDegraded: .error
    case .transactionVetoed, .shieldSwept, .networkLost, .deadlineMissed, .notifyFailed: .warning
    case .changeHeld, .restartOwed, .networkRestored, .approvalGiven, .approvalRevoked: .notice
    case .changeReleased, .syncFinished, .transactionFinished, .shieldRaised, .shieldLowered, .restartSettled: .info
    }
  }

  /// The fields that its text in the catalog names; an entry should have them.
  public var fields: Set<JournalField> {
    switch self {
    case .changeHeld, .transactionVetoed: [.source, .version, .rule]
    case .changeReleased: [.source, .version]
    case .transactionFinished: [.transaction, .result]
    case .shieldRaised, .shieldLowered, .shieldSwept: [.unit, .transaction]
    case .shieldFailed, .restartFailed: [.unit]
    case .restartOwed: [.unit, .source, .version]
    case .restartSettled: [.unit, .result]
    case .networkLost, .networkRestored, .networkNotRestored: [.transaction, .count]
    case .syncFinished: [.count]
    case .approvalGiven, .approvalRevoked: [.person, .source, .version]
    case .syncFailed, .gateDegraded, .deadlineMissed, .notifyFailed: []
    }
  }
}

/// Severity, as syslog counts it. Source: syslog(3).
public enum JournalPriority: Int, Sendable, Hashable, CaseIterable {
  case critical = 2
  case error, warning, notice, info
}

/// apt-gate's own fields of journal entries.
public enum JournalField: String, Sendable, Hashable, CaseIterable {
  case source = "APT_GATE_SOURCE"
  case version = "APT_GATE_VERSION"
  case rule = "APT_GATE_RULE"
  case unit = "APT_GATE_UNIT"
  case transaction = "APT_GATE_TRANSACTION"
  case result = "APT_GATE_RESULT"
  case count = "APT_GATE_COUNT"
  case person = "APT_GATE_PERSON"
}
