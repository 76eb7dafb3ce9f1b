internal import GateModel

extension FleetReport {
  var heldTable: ReportTable {
    ReportTable(
      name: FleetTableName.held, caption: "Versions that nodes held at the end of the period, the most held first.",
      empty: "No node that told of itself held anything.",
      columns: [
        .source, .heldVersion, ReportColumn("nodes", "Nodes"), .verdict, .rules, .why, .clears, .since, .age,
        .responsible, .security, .urgency, .cves, ReportColumn("some_nodes", "On", json: "someNodes"),
      ],
      rows: ReportRows(updates.filter { $0.held > 0 }) { update in
        [
          .text(update.source), .text(update.version), .number(update.held),
          update.verdict.map { .word($0.rawValue) } ?? .unknown, .texts(update.rules),
          .optional(update.message, absent: .unknown), .optional(update.clearsWhen, absent: .unknown),
          .optional(update.heldSince, absent: .unknown),
          update.heldSince.map { .duration(max(.zero, period.until.duration(since: $0))) } ?? .unknown,
          .texts(update.responsible), .flag(update.security), .optional(update.urgency, absent: .unknown),
          update.cveCell, .texts(update.holders),
        ]
      })
  }

  var holdTable: ReportTable {
    ReportTable(
      name: FleetTableName.holds, caption: "What each node held at the end of the period, the longest held first.",
      empty: "No node that told of itself held anything.",
      columns: [
        .node, .source, .installed, .heldVersion, .verdict, .rules, .heldBy, .why, .clears, .since, .age, .security,
        .cves,
      ],
      rows: ReportRows(holds) { hold in
        [
          .text(hold.node), .text(hold.source), .optional(hold.from, absent: .unknown), .text(hold.version),
          hold.verdict.map { .word($0.rawValue) } ?? .unknown, .texts(hold.rules), .texts(hold.heldBy),
          .optional(hold.message, absent: .unknown), .optional(hold.clearsWhen, absent: .unknown), .time(hold.since),
          .duration(hold.age), .flag(hold.security), hold.cves.map { .texts($0) } ?? .unknown,
        ]
      })
  }

  var exposureTable: ReportTable {
    ReportTable(
      name: FleetTableName.exposure,
      caption: "Versions that were pending on nodes in the period: what became of them, and after how long.",
      empty: "No version was pending on a node that told of itself.",
      columns: [
        .source, .version, .security, .urgency, .cves, .firstSeen, .openOn, .heldOn,
        ReportColumn("applied", "Applied on"), ReportColumn("ended", "Ended otherwise on"),
        ReportColumn("ever_held", "Ever held on", json: "everHeld"), .medianOpen, .longestOpen, .longestHeld,
        ReportColumn("rules", "Rules that held it"),
      ],
      rows: ReportRows(updates) { update in
        [
          .text(update.source), .text(update.version), .flag(update.security),
          .optional(update.urgency, absent: .unknown), update.cveCell,
          .optional(update.firstSeen, absent: .unknown), .number(update.open), .number(update.held),
          .number(update.applied), .number(update.ended), .number(update.everHeld),
          update.medianOpen.map { .duration($0) } ?? .unknown, update.longestOpen.map { .duration($0) } ?? .unknown,
          .duration(update.longestHeld), .texts(update.rules),
        ]
      })
  }

  var cveTable: ReportTable {
    ReportTable(
      name: FleetTableName.cves,
      caption: "CVEs that changelogs name: on how many nodes a fix is pending, and for how long it was.",
      empty: "No changelog of a pending version named a CVE. What no changelog names is not known here.",
      columns: [
        .cve, .source, .fixedBy, .firstSeen, .openOn, .heldOn, ReportColumn("fixed", "Fixed on"),
        ReportColumn("unclear", "Unclear on"), .medianOpen, .longestOpen, .longestHeld,
      ],
      rows: ReportRows(cves) { line in
        [
          .text(line.cve), .text(line.source), .texts(line.versions), .time(line.firstSeen), .number(line.open),
          .number(line.held), .number(line.fixed), .number(line.unclear), .duration(line.medianOpen),
          .duration(line.longestOpen), .duration(line.longestHeld),
        ]
      })
  }
}

extension FleetUpdate {
  fileprivate var cveCell: ReportCell {
    guard let cves else { return .unknown }
    return mayFixMore ? .list(cves + ["(maybe more)"]) : .texts(cves)
  }
}
