import SystemdSystem

/// Something that happened, for the journal and for whoever is to be notified.
struct GateNews: Sendable, Hashable {
  var event: JournalEvent
  /// One line for a person, without the program's name.
  var message: String
  var fields: [JournalField: String]

  init(_ event: JournalEvent, _ message: String, _ fields: [JournalField: String] = [:]) {
    self.event = event
    self.message = message
    self.fields = fields
  }

  /// Whether an administrator should know it, and not only find it in the journal.
  var isForPeople: Bool { event.priority.rawValue <= JournalPriority.notice.rawValue }
}
