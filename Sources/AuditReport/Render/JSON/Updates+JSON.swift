internal import GateModel
internal import LedgerLog

extension HeldUpdate {
  var json: JSONValue {
    [
      "source": .string(source), "from": .optional(from), "to": .optional(to),
      "packages": .array(packages.map(\.reportJSON)), "verdict": .string(verdict.rawValue), "rules": .strings(rules),
      "responsible": .strings(responsible), "message": .optional(message), "clearsWhen": .optional(clearsWhen),
      "heldBy": .strings(heldBy), "since": .time(since), "ageSeconds": .seconds(age), "firstSeen": .time(firstSeen),
      "security": .flag(isSecurity), "origins": .strings(origins), "changelog": changelog.reportJSON,
      "effects": effects.reportJSON, "prediction": prediction.reportJSON, "approvedBy": .strings(approvedBy),
    ]
  }
}

extension KeptBackUpdate {
  var json: JSONValue {
    [
      "source": .string(record.source), "from": .string(record.from), "to": .string(record.to),
      "reason": .string(record.reason.rawValue), "percentage": .optional(record.percentage), "since": .time(since),
    ]
  }
}

extension Exposure {
  var json: JSONValue {
    [
      "source": .string(source), "from": .optional(from), "to": .string(to), "security": .flag(isSecurity),
      "origins": .strings(origins), "changelog": changelog.reportJSON, "firstSeen": .time(firstSeen),
      "state": .string(end.word), "ended": .time(end.time), "endedBy": .optional(end.cause),
      "openSeconds": .seconds(open), "heldSeconds": .seconds(held), "holds": .array(holds.map(\.json)),
    ]
  }
}

extension HoldSpan {
  var json: JSONValue {
    [
      "since": .time(start), "until": .time(end), "verdict": .string(verdict.rawValue), "rules": .strings(rules),
      "heldBy": .strings(heldBy),
    ]
  }
}

extension CVEExposure {
  var json: JSONValue {
    [
      "cve": .string(cve), "source": .string(source), "versions": .strings(versions), "firstSeen": .time(firstSeen),
      "state": .string(end.word), "ended": .time(end.time), "openSeconds": .seconds(open),
      "heldSeconds": .seconds(held),
    ]
  }
}

extension ExposureDay {
  var json: JSONValue {
    [
      "day": .string(day.description), "pending": .number(pending), "held": .number(held),
      "security": .number(security), "heldSecurity": .number(heldSecurity),
    ]
  }
}

extension PackageRecord {
  fileprivate var reportJSON: JSONValue {
    [
      "name": .string(name), "architecture": .string(architecture), "from": .optional(from), "to": .optional(to),
    ]
  }
}

extension ChangelogRecord? {
  var reportJSON: JSONValue {
    guard let self else { return .null }
    return ["cves": .strings(self.cves), "urgency": .optional(self.urgency), "complete": .bool(self.isComplete)]
  }
}

extension [EffectRecord]? {
  var reportJSON: JSONValue {
    guard let self else { return .null }
    return .array(
      self.map { effect in
        [
          "kind": .string(effect.kind.rawValue), "unit": .optional(effect.unit), "verb": .optional(effect.verb),
          "certainty": .string(effect.certainty.rawValue), "basis": .string(effect.basis.rawValue),
        ]
      })
  }
}

extension LossRecord? {
  var reportJSON: JSONValue {
    guard let self else { return .null }
    return [
      "routes": .number(self.routes), "rules": .number(self.rules), "nexthops": .number(self.nexthops),
      "addresses": .number(self.addresses), "neighbours": .number(self.neighbours), "links": .number(self.links),
    ]
  }
}
