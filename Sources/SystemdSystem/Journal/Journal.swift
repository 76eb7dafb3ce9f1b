import Glibc

/// Sends structured entries to the journal.
///
/// It speaks the journal's own protocol instead of calling sd_journal_sendv(3), which waits without limit while
/// journald does not read. Source: systemd, docs/JOURNAL_NATIVE_PROTOCOL.md.
public struct Journal: Sendable {
  public static let socket = "/run/systemd/journal/socket"
  /// How long an entry may wait for room in journald's queue: far less than any hook has.
  private static let patience: UInt64 = 100_000

  private let socket: String

  public init(socket: String = Self.socket) { self.socket = socket }

  /// Sends an entry. No journal, or one that does not read, is false and no error: nothing depends on it.
  ///
  /// - Parameter message: one line for a person.
  @discardableResult
  public func send(_ event: JournalEvent, _ message: String, _ fields: [JournalField: String] = [:]) -> Bool {
    Datagram.send(JournalEntry(event: event, message: message, fields: fields).bytes, to: socket, Self.patience)
  }
}

/// One entry, as journald reads it.
struct JournalEntry {
  var event: JournalEvent
  var message: String
  var fields: [JournalField: String]

  var bytes: [UInt8] {
    var all = [
      ("MESSAGE", message), ("MESSAGE_ID", event.messageID), ("PRIORITY", "\(event.priority.rawValue)"),
      ("SYSLOG_IDENTIFIER", "apt-gate"),
    ]
    // So that `journalctl --unit` shows it among the unit's own.
    if let unit = fields[.unit] { all.append(("OBJECT_SYSTEMD_UNIT", unit)) }
    all += fields.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    return all.flatMap { Self.field($0.0, $0.1) }
  }

  private static func field(_ name: String, _ value: String) -> [UInt8] {
    let bytes = Array(value.utf8)
    guard bytes.contains(UInt8(ascii: "\n")) else { return Array("\(name)=".utf8) + bytes + [0x0A] }
    let size = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
    return Array("\(name)\n".utf8) + size + bytes + [0x0A]
  }
}
