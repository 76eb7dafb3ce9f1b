internal import GateModel
internal import LedgerLog

/// What dpkg did, and what it did to the network.
struct TransactionHistory: Sendable {
  private(set) var lines: [TransactionLine] = []
  private var places: [String: Int] = [:]

  mutating func began(
    _ intent: TransactionIntent, _ changes: [TransactionChange], prediction: LossRecord?, at time: Timestamp
  ) {
    let place = place(of: intent.transaction, .update, at: time)
    lines[place].changes += changes
    lines[place].command = intent.command ?? lines[place].command
    lines[place].units = Set(lines[place].units).union(intent.shieldedUnits).sorted()
    lines[place].prediction = lines[place].prediction ?? prediction
  }

  mutating func began(_ intent: RestartIntent, at time: Timestamp) {
    let place = place(of: intent.transaction, .restart, at: time)
    lines[place].units = intent.units
  }

  /// Gives what is known of it now; nil if nobody said that it began.
  mutating func ended(_ outcome: TransactionOutcome, at time: Timestamp) -> TransactionLine? {
    guard let place = places[outcome.transaction] else { return nil }
    lines[place].ended = time
    lines[place].result = outcome.result
    lines[place].message = outcome.message
    lines[place].network = outcome.network
    lines[place].failedProbes = outcome.failedProbes
    return lines[place]
  }

  mutating func ended(_ outcome: RestartOutcome, at time: Timestamp) {
    let place = place(of: outcome.transaction, .restart, at: time)
    lines[place].ended = time
    lines[place].result = outcome.result
    lines[place].message = outcome.message
    lines[place].network = outcome.network
    lines[place].failedProbes = outcome.failedProbes
    if lines[place].units.isEmpty { lines[place].units = outcome.settled }
  }

  /// A sweep found it without an outcome.
  mutating func interrupted(_ transaction: String, at time: Timestamp) {
    guard let place = places[transaction], lines[place].result == nil else { return }
    (lines[place].ended, lines[place].result) = (time, .interrupted)
  }

  mutating func restored(_ record: RestoreRecord, at time: Timestamp) {
    let name = record.transaction ?? "restore-\(time)"
    let place = place(of: name, record.transaction == nil ? .restore : .update, at: time)
    lines[place].restores.append(RestoreLine(time: time, record: record))
    guard lines[place].kind == .restore else { return }
    (lines[place].ended, lines[place].network) = (time, record.network)
    lines[place].result = record.network.missing == 0 ? .completed : .failed
  }

  private mutating func place(of transaction: String, _ kind: TransactionLine.Kind, at time: Timestamp) -> Int {
    if let place = places[transaction] { return place }
    places[transaction] = lines.count
    lines.append(TransactionLine(id: transaction, kind: kind, began: time))
    return lines.count - 1
  }
}

/// Restarts that shields refused.
struct RestartHistory: Sendable {
  private(set) var lines: [OwedRestartLine] = []
  private var open: [String: Int] = [:]

  mutating func owed(_ record: OwedRestartRecord, at time: Timestamp) {
    if let place = open[record.unit] {
      lines[place].sources = Set(lines[place].sources).union(record.sources).sorted()
      return
    }
    open[record.unit] = lines.count
    lines.append(
      OwedRestartLine(
        unit: record.unit, since: time, sources: record.sources, transaction: record.transaction, age: .zero))
  }

  mutating func settled(_ units: [String], how: OwedRestartLine.How, transaction: String?, at time: Timestamp) {
    for unit in units {
      guard let place = open.removeValue(forKey: unit) else { continue }
      lines[place].settled = OwedRestartLine.Settlement(time: time, how: how, transaction: transaction)
    }
  }

  func lines(in period: ReportPeriod) -> [OwedRestartLine] {
    lines.filter { period.touches($0.since, $0.settled?.time) }.map { line in
      var line = line
      line.age = max(.zero, (line.settled?.time ?? period.until).duration(since: line.since))
      return line
    }
  }
}
