public import GateModel
internal import LedgerLog

extension NodeHistory {
  /// What a node tells of a report on its whole ledger, the newest first in what is bounded.
  ///
  /// - Parameters:
  ///   - since: from when on the report's entries are whole; nil: from the ledger's first.
  ///   - entries: of the ledger.
  public init(_ report: NodeReport, since: Timestamp?, entries: Int) {
    let held = Dictionary(report.held.map { (Self.key($0.source, $0.to), $0) }) { first, _ in first }
    var updates = report.exposures.map { Update($0, held: held[Self.key($0.source, $0.to)]) }
    let exposed = Set(report.exposures.map { Self.key($0.source, $0.to) })
    updates += report.held.filter { !exposed.contains(Self.key($0.source, $0.to)) }.compactMap(Update.init)
    self.init(
      made: report.period.made, since: since, entries: entries, updates: updates,
      approvals: report.approvals.map(Approval.init), vetoes: report.vetoes.map(Veto.init),
      transactions: report.transactions.map(Transaction.init), restarts: report.restarts.map(Restart.init))
    bound()
  }

  private static func key(_ source: String, _ version: String?) -> String { "\(source)=\(version ?? "")" }

  /// Drops the oldest of what is too much, and says from when on it is whole.
  private mutating func bound() {
    let dropped = [
      Self.keepNewest(Self.mostUpdates, of: &updates) { $0.state == Exposure.End.open.word ? nil : $0.ended },
      Self.keepNewest(Self.mostRecords, of: &approvals) { $0.time },
      Self.keepNewest(Self.mostRecords, of: &vetoes) { $0.time },
      Self.keepNewest(Self.mostRecords, of: &transactions) { $0.ended ?? $0.began },
      Self.keepNewest(Self.mostRecords, of: &restarts) { $0.how == nil ? nil : $0.settled },
    ].compactMap { $0 }.max()
    since = [since, dropped].compactMap { $0 }.max()
  }

  /// Keeps what goes on, and the newest of what has ended; gives the end of the last that was dropped.
  private static func keepNewest<Item>(
    _ most: Int, of items: inout [Item], end: (Item) -> Timestamp?
  ) -> Timestamp? {
    guard items.count > most else { return nil }
    let ordered = items.enumerated().sorted { one, other in
      let ends = (end(one.element), end(other.element))
      switch ends {
      case (nil, nil): return one.offset < other.offset
      case (nil, _): return true
      case (_, nil): return false
      case (let left?, let right?): return left == right ? one.offset < other.offset : left > right
      }
    }.map(\.element)
    items = Array(ordered.prefix(most))
    return ordered[most...].compactMap(end).max()
  }

  /// The same with half as much of the past; nil if nothing is left to leave out. For who finds it too large as JSON.
  public func halved() -> NodeHistory? {
    var history = self
    func half(_ count: Int) -> Int { count / 2 }
    let dropped = [
      Self.keepNewest(half(updates.count), of: &history.updates) {
        $0.state == Exposure.End.open.word ? nil : $0.ended
      },
      Self.keepNewest(half(approvals.count), of: &history.approvals) { $0.time },
      Self.keepNewest(half(vetoes.count), of: &history.vetoes) { $0.time },
      Self.keepNewest(half(transactions.count), of: &history.transactions) { $0.ended ?? $0.began },
      Self.keepNewest(half(restarts.count), of: &history.restarts) { $0.how == nil ? nil : $0.settled },
    ].compactMap { $0 }.max()
    guard history != self else { return nil }
    // What goes on may have been dropped, too: then it is whole from nothing before it was made.
    history.since = dropped.map { max($0, since ?? $0) } ?? made
    return history
  }
}

extension NodeHistory.Update {
  fileprivate init(_ exposure: Exposure, held: HeldUpdate?) {
    self.init(
      source: exposure.source.told, from: exposure.from?.told, to: exposure.to.told, firstSeen: exposure.firstSeen,
      state: exposure.end.word, ended: exposure.end.time, endedBy: exposure.end.cause?.told,
      security: exposure.isSecurity, urgency: exposure.changelog?.urgency?.told,
      cves: exposure.changelog?.cves.map(\.told),
      mayFixMore: exposure.changelog?.isComplete == false ? true : nil,
      holds: exposure.holds.suffix(NodeHistory.mostWords).map(NodeHistory.Hold.init), message: held?.message?.told,
      clearsWhen: held?.clearsWhen?.told, responsible: held?.responsible.told)
  }

  /// What is held though it was never waited for, such as an older version.
  fileprivate init?(_ held: HeldUpdate) {
    guard let to = held.to else { return nil }
    self.init(
      source: held.source.told, from: held.from?.told, to: to.told, firstSeen: nil, state: Exposure.End.open.word,
      ended: nil, endedBy: nil, security: held.isSecurity, urgency: held.changelog?.urgency?.told,
      cves: held.changelog?.cves.map(\.told), mayFixMore: held.changelog?.isComplete == false ? true : nil,
      holds: [
        NodeHistory.Hold(
          since: held.since, until: nil, verdict: held.verdict.rawValue, rules: held.rules.told,
          heldBy: held.heldBy.isEmpty ? nil : held.heldBy.told)
      ], message: held.message?.told, clearsWhen: held.clearsWhen?.told, responsible: held.responsible.told)
  }
}

extension NodeHistory.Hold {
  fileprivate init(_ span: HoldSpan) {
    self.init(
      since: span.start, until: span.end, verdict: span.verdict.rawValue, rules: span.rules.told,
      heldBy: span.heldBy.isEmpty ? nil : span.heldBy.told)
  }
}

extension NodeHistory.Approval {
  fileprivate init(_ line: ApprovalLine) {
    var (ended, endedBy): (Timestamp?, String?) = (nil, nil)
    switch line.use {
    case .used(let time, let transaction): (ended, endedBy) = (time, transaction)
    case .revoked(let time, let actor, let reason): (ended, endedBy) = (time, "\(actor?.name ?? "unknown"): \(reason)")
    case .expired: ended = line.record.expires
    case .waiting: break
    }
    self.init(
      entry: line.sequence, time: line.time, person: line.actor?.name.told, people: line.record.people.told,
      source: line.record.source.told, version: line.record.version.told, reason: line.record.reason.told,
      expires: line.record.expires, state: line.use.word, ended: ended, endedBy: endedBy?.told)
  }
}

extension NodeHistory.Veto {
  fileprivate init(_ line: VetoLine) {
    self.init(
      time: line.time, changes: line.record.changes.map(\.words).told, rules: line.record.rules.told,
      message: line.record.message.told)
  }
}

extension NodeHistory.Transaction {
  fileprivate init(_ line: TransactionLine) {
    let effects = line.changes.compactMap(\.effects)
    var seen: Set<String> = []
    self.init(
      id: line.id.told, kind: line.kind.rawValue, began: line.began, ended: line.ended, result: line.result?.rawValue,
      changes: line.changes.prefix(NodeHistory.mostWords).map {
        NodeHistory.Change(source: $0.change.source.told, from: $0.change.from?.told, to: $0.change.to?.told)
      }, units: line.units.told,
      effects: effects.isEmpty ? nil : effects.joined().map(\.words).filter { seen.insert($0).inserted }.told,
      predictedLoss: line.prediction?.words,
      network: line.network.map {
        NodeHistory.Network(
          lost: $0.lost, restored: $0.restored, missing: $0.missing, missingObjects: $0.missingObjects?.told)
      }, failedProbes: line.failedProbes.isEmpty ? nil : line.failedProbes.told, message: line.message?.told)
  }
}

extension NodeHistory.Restart {
  fileprivate init(_ line: OwedRestartLine) {
    self.init(
      unit: line.unit.told, since: line.since, sources: line.sources.told, settled: line.settled?.time,
      how: line.settled?.how.rawValue)
  }
}

extension String {
  /// Cut to what may be told: whole characters of at most ``NodeHistory/longestText`` bytes.
  fileprivate var told: String {
    guard utf8.count > NodeHistory.longestText else { return self }
    var text = ""
    for character in self {
      guard text.utf8.count + character.utf8.count <= NodeHistory.longestText - 3 else { break }
      text.append(character)
    }
    return text + "…"
  }
}

extension [String] {
  fileprivate var told: [String] { prefix(NodeHistory.mostWords).map(\.told) }
}
