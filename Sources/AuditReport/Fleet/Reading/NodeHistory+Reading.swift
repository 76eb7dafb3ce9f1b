internal import GateModel

// What JSONEncoder writes of these types, read without JSONDecoder. Keys are in the order in which a coordinator keeps them.

extension FleetNodeHistory: JSONReadable {
  private enum Key: String, CaseIterable { case ledger, node, seen, history }
  private static let keys = JSONKeys<Key>(optional: [.history])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(node: "", seen: Timestamp(secondsSinceEpoch: 0), ledger: Ledger(state: ""))
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .node: node = try json.value()
      case .seen: seen = try json.value()
      case .ledger: ledger = try json.value()
      case .history: history = try json.optional()
      }
    }
  }
}

extension FleetNodeHistory.Ledger: JSONReadable {
  private enum Key: String, CaseIterable { case alarm, entries, state, witnessed }
  private static let keys = JSONKeys<Key>(optional: [.alarm, .entries, .witnessed])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(state: "")
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .alarm: alarm = try json.optional()
      case .entries: entries = try json.optional()
      case .state: state = try json.value()
      case .witnessed: witnessed = try json.optional()
      }
    }
  }
}

extension NodeHistory: JSONReadable {
  private enum Key: String, CaseIterable {
    case approvals, entries, made, restarts, schema, since, transactions, updates, vetoes
  }
  private static let keys = JSONKeys<Key>(optional: [.since])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(made: Timestamp(secondsSinceEpoch: 0), entries: 0)
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .approvals: approvals = try json.array()
      case .entries: entries = try json.value()
      case .made: made = try json.value()
      case .restarts: restarts = try json.array()
      case .schema: schema = try json.value()
      case .since: since = try json.optional()
      case .transactions: transactions = try json.array()
      case .updates: updates = try json.array()
      case .vetoes: vetoes = try json.array()
      }
    }
  }
}

extension NodeHistory.Update: JSONReadable {
  private enum Key: String, CaseIterable {
    case clearsWhen, cves, ended, endedBy, firstSeen, from, holds, mayFixMore, message, responsible, security, source
    case state, to, urgency
  }
  private static let keys = JSONKeys<Key>(optional: [
    .clearsWhen, .cves, .ended, .endedBy, .firstSeen, .from, .mayFixMore, .message, .responsible, .security, .urgency,
  ])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(source: "", to: "", state: "", holds: [])
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .clearsWhen: clearsWhen = try json.optional()
      case .cves: cves = try json.optional()
      case .ended: ended = try json.optional()
      case .endedBy: endedBy = try json.optional()
      case .firstSeen: firstSeen = try json.optional()
      case .from: from = try json.optional()
      case .holds: holds = try json.array()
      case .mayFixMore: mayFixMore = try json.optional()
      case .message: message = try json.optional()
      case .responsible: responsible = try json.optional()
      case .security: security = try json.optional()
      case .source: source = try json.value()
      case .state: state = try json.value()
      case .to: to = try json.value()
      case .urgency: urgency = try json.optional()
      }
    }
  }
}

extension NodeHistory.Hold: JSONReadable {
  private enum Key: String, CaseIterable { case heldBy, rules, since, until, verdict }
  private static let keys = JSONKeys<Key>(optional: [.heldBy, .until])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(since: Timestamp(secondsSinceEpoch: 0), verdict: "", rules: [])
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .heldBy: heldBy = try json.optional()
      case .rules: rules = try json.array()
      case .since: since = try json.value()
      case .until: until = try json.optional()
      case .verdict: verdict = try json.value()
      }
    }
  }
}

extension NodeHistory.Approval: JSONReadable {
  private enum Key: String, CaseIterable {
    case ended, endedBy, entry, expires, people, person, reason, source, state, time, version
  }
  private static let keys = JSONKeys<Key>(optional: [.ended, .endedBy, .person])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    let never = Timestamp(secondsSinceEpoch: 0)
    self.init(entry: 0, time: never, people: [], source: "", version: "", reason: "", expires: never, state: "")
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .ended: ended = try json.optional()
      case .endedBy: endedBy = try json.optional()
      case .entry: entry = try json.value()
      case .expires: expires = try json.value()
      case .people: people = try json.array()
      case .person: person = try json.optional()
      case .reason: reason = try json.value()
      case .source: source = try json.value()
      case .state: state = try json.value()
      case .time: time = try json.value()
      case .version: version = try json.value()
      }
    }
  }
}

extension NodeHistory.Veto: JSONReadable {
  private enum Key: String, CaseIterable { case changes, message, rules, time }
  private static let keys = JSONKeys<Key>()

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(time: Timestamp(secondsSinceEpoch: 0), changes: [], rules: [], message: "")
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .changes: changes = try json.array()
      case .message: message = try json.value()
      case .rules: rules = try json.array()
      case .time: time = try json.value()
      }
    }
  }
}

extension NodeHistory.Transaction: JSONReadable {
  private enum Key: String, CaseIterable {
    case began, changes, effects, ended, failedProbes, id, kind, message, network, predictedLoss, result, units
  }
  private static let keys = JSONKeys<Key>(optional: [
    .effects, .ended, .failedProbes, .message, .network, .predictedLoss, .result,
  ])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(id: "", kind: "", began: Timestamp(secondsSinceEpoch: 0), changes: [], units: [])
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .began: began = try json.value()
      case .changes: changes = try json.array()
      case .effects: effects = try json.optional()
      case .ended: ended = try json.optional()
      case .failedProbes: failedProbes = try json.optional()
      case .id: id = try json.value()
      case .kind: kind = try json.value()
      case .message: message = try json.optional()
      case .network: network = try json.optional()
      case .predictedLoss: predictedLoss = try json.optional()
      case .result: result = try json.optional()
      case .units: units = try json.array()
      }
    }
  }
}

extension NodeHistory.Change: JSONReadable {
  private enum Key: String, CaseIterable { case from, source, to }
  private static let keys = JSONKeys<Key>(optional: [.from, .to])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(source: "")
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .from: from = try json.optional()
      case .source: source = try json.value()
      case .to: to = try json.optional()
      }
    }
  }
}

extension NodeHistory.Network: JSONReadable {
  private enum Key: String, CaseIterable { case lost, missing, missingObjects, restored }
  private static let keys = JSONKeys<Key>(optional: [.missingObjects])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(lost: 0, restored: 0, missing: 0)
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .lost: lost = try json.value()
      case .missing: missing = try json.value()
      case .missingObjects: missingObjects = try json.optional()
      case .restored: restored = try json.value()
      }
    }
  }
}

extension NodeHistory.Restart: JSONReadable {
  private enum Key: String, CaseIterable { case how, settled, since, sources, unit }
  private static let keys = JSONKeys<Key>(optional: [.how, .settled])

  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    self.init(unit: "", since: Timestamp(secondsSinceEpoch: 0), sources: [])
    var progress = JSONProgress()
    while let key = try json.member(of: Self.keys, &progress) {
      switch key {
      case .how: how = try json.optional()
      case .settled: settled = try json.optional()
      case .since: since = try json.value()
      case .sources: sources = try json.array()
      case .unit: unit = try json.value()
      }
    }
  }
}
