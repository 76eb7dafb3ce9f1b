internal import GateModel
internal import LedgerLog

extension NodeReport {
  var approvalTable: ReportTable {
    ReportTable(
      name: ReportTableName.approvals, caption: "Who let a held version through, why, and whether it was used.",
      empty: "Nothing was approved.",
      columns: [
        .entry, .given, .person, ReportColumn("known_by", "Known by"), .people, .source, .version, .reason, .expires,
        .state, .stateTime, .stateBy, ReportColumn("policy", "Policy"),
      ],
      rows: ReportRows(approvals) { line in
        [
          .number(line.sequence), .time(line.time), .optional(line.actor?.name, absent: .unknown),
          line.actor.map { .word($0.basis.rawValue) } ?? .unknown, .texts(line.record.people),
          .text(line.record.source), .text(line.record.version), .text(line.record.reason),
          .time(line.record.expires), .word(line.use.word), line.use.timeCell, line.use.causeCell,
          .text(line.record.policyDigest),
        ]
      })
  }

  var vetoTable: ReportTable {
    ReportTable(
      name: ReportTableName.vetoes, caption: "Transactions that were refused.", empty: "No transaction was refused.",
      columns: [
        .time, .changes, .rules, .why,
      ],
      rows: ReportRows(vetoes) { line in
        [
          .time(line.time), .texts(line.record.changes.map(\.words)), .texts(line.record.rules),
          .text(line.record.message),
        ]
      })
  }

  var transactionTable: ReportTable {
    ReportTable(
      name: ReportTableName.transactions,
      caption: "Runs of dpkg and settled restarts: what was predicted, and what was seen.",
      empty: "No transaction ran.",
      columns: [
        .began, .ended, .transaction, .kind, .changes, .result, .predictedEffects, .predictedLoss,
        ReportColumn("restarts_refused", "Restarts refused or made"), .lost, .restored, .missing, .failedProbes,
        .message,
      ],
      rows: ReportRows(transactions) { line in
        [
          .time(line.began), .optional(line.ended, absent: .unknown), .text(line.id), .word(line.kind.rawValue),
          .texts(line.changes.map(\.change.words)), line.result.map { .word($0.rawValue) } ?? .unknown,
          line.effectsCell, line.prediction.map { .word($0.words) } ?? .unknown, .texts(line.units),
        ] + line.networkCells + [.texts(line.failedProbes), .optional(line.message)]
      })
  }

  var restartTable: ReportTable {
    ReportTable(
      name: ReportTableName.restarts, caption: "Restarts that a shield refused, and how they were settled.",
      empty: "No restart was owed.",
      columns: [
        .unit, .since, .owedBy, .transaction, .settled, .how, .owedFor,
      ],
      rows: ReportRows(restarts) { line in
        [
          .text(line.unit), .time(line.since), .texts(line.sources), .optional(line.transaction, absent: .unknown),
          .optional(line.settled?.time, absent: .word("still owed")),
          line.settled.map { .word($0.how.rawValue) } ?? .none, .duration(line.age),
        ]
      })
  }

  var policyTable: ReportTable {
    ReportTable(
      name: ReportTableName.policies, caption: "Policies and modes that were in force.",
      empty: "No entry tells which policies were.",
      columns: [
        .since, ReportColumn("policy", "Policies"), ReportColumn("mode", "Mode"),
      ],
      rows: ReportRows(policies) {
        [.time($0.since), .text($0.digest), $0.mode.map { .word($0.rawValue) } ?? .unknown]
      })
  }
}

extension ApprovalLine.Use {
  fileprivate var timeCell: ReportCell {
    switch self {
    case .used(let time, _), .revoked(let time, _, _): .time(time)
    case .waiting, .expired: .none
    }
  }

  fileprivate var causeCell: ReportCell {
    switch self {
    case .used(_, let transaction): .text(transaction)
    case .revoked(_, let actor, let reason): .text("\(actor?.name ?? "unknown"): \(reason)")
    case .waiting, .expired: .none
    }
  }
}

extension TransactionLine {
  fileprivate var effectsCell: ReportCell {
    let effects = changes.compactMap(\.effects)
    if effects.isEmpty { return changes.isEmpty ? .none : .unknown }
    var seen: Set<String> = []
    return .texts(effects.joined().map(\.words).filter { seen.insert($0).inserted })
  }

  fileprivate var networkCells: [ReportCell] {
    ReportCell.network(network.map { ($0.lost, $0.restored, $0.missing) }, isOver: result != nil)
  }
}

extension ChangeRecord {
  var words: String { ReportWords.change(of: source, from: from, to: to) }
}

extension EffectRecord {
  /// Such as `restart systemd-networkd.service (possible)`.
  var words: String {
    let what = [kind.rawValue, unit].compactMap(\.self).joined(separator: " ")
    return certainty == .certain ? what : "\(what) (possible)"
  }
}

extension LossRecord {
  /// Such as `3 routes, 1 rule`.
  var words: String {
    let parts = [
      (routes, "route", "routes"), (rules, "rule", "rules"), (nexthops, "nexthop", "nexthops"),
      (addresses, "address", "addresses"), (neighbours, "neighbour", "neighbours"),
    ].filter { $0.0 > 0 }.map { ReportWords.count($0.0, $0.1, $0.2) }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
