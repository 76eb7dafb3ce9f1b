internal import GateModel
internal import LedgerLog

extension NodeReport {
  var heldTable: ReportTable {
    ReportTable(
      name: ReportTableName.held, caption: "Updates that were held at the end of the period, the longest held first.",
      empty: "Nothing was held.",
      columns: [
        .source, .installed, ReportColumn("held", "Held"), .verdict, ReportColumn("rules", "Rule"), .heldBy, .why,
        .clears, .since, .age, .responsible, .approvedBy, .security, .urgency, .cves,
      ],
      rows: ReportRows(held) { update in
        [
          .text(update.source), .optional(update.from), .optional(update.to), .word(update.verdict.rawValue),
          .texts(update.rules), .texts(update.heldBy), .optional(update.message), .optional(update.clearsWhen),
          .time(update.since), .duration(update.age), .texts(update.responsible), .texts(update.approvedBy),
          .flag(update.isSecurity), update.changelog.urgencyCell, update.changelog.cveCell,
        ]
      })
  }

  /// What a scanner finds outdated and policy or apt keeps so: a row for each binary package that is known.
  var deferredTable: ReportTable {
    ReportTable(
      name: ReportTableName.deferred, caption: "Versions that stay out, by policy or by apt itself, with the reason.",
      empty: "Nothing was deferred.",
      columns: [
        ReportColumn("package", "Package"), ReportColumn("architecture", "Architecture"), .installed,
        ReportColumn("deferred", "Deferred"), .source, .cves, ReportColumn("deferred_by", "Deferred by"),
        ReportColumn("rule", "Rule"), .why, .since, ReportColumn("until", "Until"), .approvedBy,
      ], rows: ReportRows(held.flatMap(deferredRows) + keptBack.map(\.deferredRow)) { $0 })
  }

  private func deferredRows(_ update: HeldUpdate) -> [[ReportCell]] {
    update.packages.map { package in
      [
        .text(package.name), .text(package.architecture), .optional(package.from), .optional(package.to),
        .text(update.source), update.changelog.cveCell, .word("policy"), .texts(update.rules),
        .optional(update.message), .time(update.since), .optional(update.clearsWhen, absent: .unknown),
        .texts(update.approvedBy),
      ]
    }
  }

  var exposureTable: ReportTable {
    ReportTable(
      name: ReportTableName.exposure,
      caption:
        "Versions that were pending in the period: from first seen to applied, and how long of it they were held.",
      empty: "No version was pending.",
      columns: [
        .source, ReportColumn("installed", "From"), .version, .security, .urgency, .cves, .firstSeen, .daysOpen,
        .daysHeld, .state, .ended, ReportColumn("ended_by", "By"),
      ],
      rows: ReportRows(exposures) { exposure in
        [
          .text(exposure.source), .optional(exposure.from, absent: .unknown), .text(exposure.to),
          .flag(exposure.isSecurity), exposure.changelog.urgencyCell, exposure.changelog.cveCell,
          .time(exposure.firstSeen), .duration(exposure.open), .duration(exposure.held), .word(exposure.end.word),
          .optional(exposure.end.time, absent: .none), .optional(exposure.end.cause),
        ]
      })
  }

  var cveTable: ReportTable {
    ReportTable(
      name: ReportTableName.cves,
      caption: "CVEs that changelogs name: from the first version that fixes them to the first that was applied.",
      empty: "No changelog of a pending version named a CVE. What no changelog names is not known here.",
      columns: [
        .cve, .source, .fixedBy, .firstSeen, .state, .ended, .daysOpen, .daysHeld,
      ],
      rows: ReportRows(cves) { exposure in
        [
          .text(exposure.cve), .text(exposure.source), .texts(exposure.versions), .time(exposure.firstSeen),
          .word(exposure.end.word), .optional(exposure.end.time, absent: .none), .duration(exposure.open),
          .duration(exposure.held),
        ]
      })
  }
}

extension KeptBackUpdate {
  fileprivate var deferredRow: [ReportCell] {
    [
      .unknown, .unknown, .text(record.from), .text(record.to), .text(record.source), .unknown,
      .word(record.reason == .phased ? "phasing" : "apt"), .none, .text(record.words), .time(since), .unknown, .none,
    ]
  }
}

extension KeptBackRecord {
  /// Why apt keeps it back, in words.
  var words: String {
    switch reason {
    case .held: "a person put it on hold with apt-mark"
    case .phased: "a phased update" + (percentage.map { ", offered to \($0) % of machines and not to this one" } ?? "")
    case .dependencies: "its dependencies cannot be met"
    case .unknown: "apt did not say why"
    }
  }
}

extension ChangelogRecord? {
  var cveCell: ReportCell {
    guard let self else { return .unknown }
    if !self.isComplete { return .list(self.cves + ["(maybe more)"]) }
    return .texts(self.cves)
  }

  var urgencyCell: ReportCell { self?.urgency.map { .text($0) } ?? .unknown }
}
