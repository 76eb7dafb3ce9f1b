import Logging
import Synchronization

/// What a coordinator logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  func clear() { lines.withLock { $0 = [] } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }

  struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    init(_ lines: LogLines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
      let text = fields.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      lines.add("\(event.level) \(event.message) \(text)")
    }
  }
}
