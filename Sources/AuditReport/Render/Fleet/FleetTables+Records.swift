internal import GateModel

extension FleetReport {
  var approvalTable: ReportTable {
    ReportTable(
      name: FleetTableName.approvals,
      caption: "Who let a held version through on a node, why, and whether it was used.",
      empty: "No node told of an approval.",
      columns: [
        .node, .entry, .given, .person, .people, .source, .version, .reason, .expires, .state, .stateTime, .stateBy,
      ],
      rows: ReportRows(approvals) { line in
        let approval = line.approval
        return [
          .text(line.node), .number(approval.entry), .time(approval.time), .optional(approval.person, absent: .unknown),
          .texts(approval.people), .text(approval.source), .text(approval.version), .text(approval.reason),
          .time(approval.expires), .text(approval.state), .optional(approval.ended, absent: .none),
          .optional(approval.endedBy),
        ]
      })
  }

  var deedTable: ReportTable {
    ReportTable(
      name: FleetTableName.deeds, caption: "What people did through the coordinator, the newest first.",
      empty: "Nobody did anything through the coordinator.",
      columns: [
        ReportColumn("number", "Record"), .time, .person, ReportColumn("what", "What"),
        ReportColumn("about", "About"), .reason, ReportColumn("intact", "As it was written"),
      ],
      rows: ReportRows(deeds) { deed in
        [
          .number(deed.number), deed.what == "missing" && !deed.isIntact ? .unknown : .time(deed.time), .text(deed.by),
          .text(deed.what), .text(deed.about), .text(deed.reason), .word(deed.isIntact ? "yes" : "NO"),
        ]
      })
  }

  var vetoTable: ReportTable {
    ReportTable(
      name: FleetTableName.vetoes, caption: "Transactions that nodes refused.", empty: "No node refused a transaction.",
      columns: [
        .node, .time, .changes, .rules, .why,
      ],
      rows: ReportRows(vetoes) { line in
        [
          .text(line.node), .time(line.veto.time), .texts(line.veto.changes), .texts(line.veto.rules),
          .text(line.veto.message),
        ]
      })
  }

  var effectTable: ReportTable {
    ReportTable(
      name: FleetTableName.effects,
      caption:
        "What each version did to the network where it ran, against what was predicted. A run that brought several "
        + "versions counts for each.",
      empty: "No node told of a run.",
      columns: [
        .source, .version, ReportColumn("runs", "Runs"), ReportColumn("completed", "Completed"),
        ReportColumn("no_outcome", "No outcome", json: "noOutcome"), .predictedEffects,
        ReportColumn("not_predicted", "Runs without a prediction", json: "notPredicted"), .predictedLoss,
        ReportColumn("watched", "Runs that were watched"), .lost, .restored, .missing,
        ReportColumn("failed_probes", "Runs with failed probes", json: "failedProbes"),
      ],
      rows: ReportRows(effects) { line in
        let network: [ReportCell] =
          line.watched == 0
          ? [.unknown, .unknown, .unknown] : [.number(line.lost), .number(line.restored), .number(line.missing)]
        return [
          .text(line.source), .optional(line.version, absent: .word("removal")), .number(line.runs),
          .number(line.completed), .number(line.unknown),
          line.unpredicted == line.runs ? .unknown : .texts(line.predicted), .number(line.unpredicted),
          line.predictedLoss.isEmpty ? .unknown : .list(line.predictedLoss), .number(line.watched),
        ] + network + [.number(line.failedProbes)]
      })
  }

  var transactionTable: ReportTable {
    ReportTable(
      name: FleetTableName.transactions,
      caption: "Runs that did not complete, lost something of the network, or failed a probe.",
      empty: "Every run that nodes told of completed, and lost nothing.",
      columns: [
        .node, .began, .ended, .transaction, .kind, .changes, .result, .predictedEffects, .predictedLoss,
        ReportColumn("units", "Restarts refused or made"), .lost, .restored, .missing,
        ReportColumn("missing_objects", "What is missing", json: "missingObjects"), .failedProbes, .message,
      ],
      rows: ReportRows(troubles) { line in
        let run = line.transaction
        return [
          .text(line.node), .time(run.began), .optional(run.ended, absent: .unknown), .text(run.id), .text(run.kind),
          .texts(run.changes.map { ReportWords.change(of: $0.source, from: $0.from, to: $0.to) }),
          .optional(run.result, absent: .unknown), run.effects.map { .texts($0) } ?? .unknown,
          .optional(run.predictedLoss, absent: .unknown), .texts(run.units),
        ] + run.networkCells + [.texts(run.failedProbes ?? []), .optional(run.message)]
      })
  }

  var restartTable: ReportTable {
    ReportTable(
      name: FleetTableName.restarts, caption: "Restarts that shields refused; those still owed first.",
      empty: "No restart was owed.",
      columns: [
        .node, .unit, .since, .owedBy, .settled, .how, .owedFor,
      ],
      rows: ReportRows(restarts) { line in
        [
          .text(line.node), .text(line.restart.unit), .time(line.restart.since), .texts(line.restart.sources),
          .optional(line.restart.settled, absent: .none), .optional(line.restart.how, absent: .word("still owed")),
          .duration(line.age),
        ]
      })
  }

  var ledgerTable: ReportTable {
    ReportTable(
      name: FleetTableName.ledgers,
      caption: "Every node: how its ledger stands with the witness, and from when on it told what is in it.",
      empty: "No node has checked in.",
      columns: [
        .node, ReportColumn("ledger", "Ledger"), ReportColumn("alarm", "Alarm"),
        ReportColumn("witnessed_entries", "Witnessed entries", json: "witnessedEntries"),
        ReportColumn("witnessed", "Witnessed at"), ReportColumn("seen", "Last heard of"),
        ReportColumn("told", "History told"), ReportColumn("told_entries", "Of entries", json: "toldEntries"),
        ReportColumn("told_since", "Whole since", json: "toldSince"), ReportColumn("held", "Holds"),
        ReportColumn("pending", "Pending"),
      ],
      rows: ReportRows(nodes) { line in
        let isTold = line.told != nil
        return [
          .text(line.node), .text(line.ledger.state), .optional(line.ledger.alarm),
          line.ledger.entries.map { .number($0) } ?? .unknown, .optional(line.ledger.witnessed, absent: .unknown),
          .time(line.seen), .optional(line.told, absent: .word("never")), line.entries.map { .number($0) } ?? .unknown,
          isTold ? line.since.map { .time($0) } ?? .word("the first entry") : .unknown,
          isTold ? .number(line.held) : .unknown, isTold ? .number(line.pending) : .unknown,
        ]
      })
  }
}

extension NodeHistory.Transaction {
  fileprivate var networkCells: [ReportCell] {
    let cells = ReportCell.network(network.map { ($0.lost, $0.restored, $0.missing) }, isOver: result != nil)
    guard let network else { return cells + [.none] }
    return cells + [network.missing == 0 ? .none : network.missingObjects.map { .texts($0) } ?? .unknown]
  }
}
