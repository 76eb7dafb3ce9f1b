import GateConfiguration
import GateModel
import SystemdSystem

/// Tells what happened: the journal at once, the notify command by a process that nobody waits for, and the files that
/// monitoring and logins read.
///
/// Nothing depends on it: what fails here is told on standard error at most.
struct NewsDesk {
  let settings: GateSettings
  var journal = Journal()
  /// What is held, if that is known already.
  var holds: [Hold]?

  init(_ settings: GateSettings, holds: [Hold]? = nil) {
    self.settings = settings
    self.holds = holds
  }

  /// Tells `news`, and writes down how the node stands now.
  func tell(_ news: [GateNews]) {
    note(news)
    notify(of: news.filter(\.isForPeople))
    StatusFiles(settings: settings, holds: holds).write()
  }

  /// Tells only the journal, where every millisecond is apt's.
  func note(_ news: [GateNews]) {
    for item in news { journal.send(item.event, "apt-gate: \(item.message)", item.fields) }
  }

  private func notify(of news: [GateNews]) {
    guard let notify = settings.notify, !news.isEmpty else { return }
    let document = EventsDocument(node: NodeDescription.current().hostname, time: .now, news: news)
    do {
      try NotifyProcess.start(notify, document: JSONWriter.text(of: document.json))
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
    }
  }
}
