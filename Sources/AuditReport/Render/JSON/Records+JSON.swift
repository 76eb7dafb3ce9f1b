internal import GateModel
internal import LedgerLog

extension ApprovalLine {
  var json: JSONValue {
    [
      "entry": .number(sequence), "time": .time(time), "person": actor.reportJSON,
      "people": .strings(record.people), "source": .string(record.source), "version": .string(record.version),
      "reason": .string(record.reason), "expires": .time(record.expires),
      "policyDigest": .string(record.policyDigest), "state": .string(use.word), "use": useJSON,
    ]
  }

  private var useJSON: JSONValue {
    switch use {
    case .used(let time, let transaction): ["time": .time(time), "transaction": .string(transaction)]
    case .revoked(let time, let actor, let reason):
      ["time": .time(time), "person": actor.reportJSON, "reason": .string(reason)]
    case .waiting, .expired: .null
    }
  }
}

extension LedgerActor? {
  fileprivate var reportJSON: JSONValue {
    guard let self else { return .null }
    return ["name": .string(self.name), "uid": .number(self.uid), "basis": .string(self.basis.rawValue)]
  }
}

extension VetoLine {
  var json: JSONValue {
    [
      "time": .time(time), "changes": .array(record.changes.map(\.reportJSON)), "rules": .strings(record.rules),
      "message": .string(record.message),
    ]
  }
}

extension ChangeRecord {
  fileprivate var reportJSON: JSONValue {
    [
      "source": .string(source), "action": .string(action.rawValue), "from": .optional(from), "to": .optional(to),
    ]
  }
}

extension TransactionLine {
  var json: JSONValue {
    [
      "transaction": .string(id), "kind": .string(kind.rawValue), "began": .time(began), "ended": .time(ended),
      "result": .optional(result?.rawValue), "message": .optional(message), "run": .optional(command),
      "changes": .array(changes.map(\.json)), "units": .strings(units), "prediction": prediction.reportJSON,
      "network": network.reportJSON, "restores": .array(restores.map(\.json)), "failedProbes": .strings(failedProbes),
    ]
  }
}

extension TransactionChange {
  fileprivate var json: JSONValue {
    change.reportJSON.adding([
      JSONMember(key: "verdict", value: .optional(verdict?.rawValue)),
      JSONMember(key: "rules", value: .strings(rules)), JSONMember(key: "effects", value: effects.reportJSON),
    ])
  }
}

extension NetworkRecord? {
  fileprivate var reportJSON: JSONValue {
    guard let self else { return .null }
    return [
      "lost": .number(self.lost), "restored": .number(self.restored), "missing": .number(self.missing),
      "objects": .strings(self.objects), "missingObjects": self.missingObjects.map { .strings($0) } ?? .null,
    ]
  }
}

extension RestoreLine {
  fileprivate var json: JSONValue {
    [
      "time": .time(time), "cause": .string(record.cause.rawValue),
      "network": NetworkRecord?(record.network).reportJSON, "problems": .strings(record.problems),
    ]
  }
}

extension OwedRestartLine {
  var json: JSONValue {
    [
      "unit": .string(unit), "since": .time(since), "sources": .strings(sources),
      "transaction": .optional(transaction), "settled": .time(settled?.time), "how": .optional(settled?.how.rawValue),
      "settledBy": .optional(settled?.transaction), "ageSeconds": .seconds(age),
    ]
  }
}

extension PolicySpan {
  var json: JSONValue {
    ["since": .time(since), "digest": .string(digest), "mode": .optional(mode?.rawValue)]
  }
}

extension SyncProblemLine {
  var json: JSONValue { ["time": .time(time), "problem": .string(problem)] }
}

extension ReportVerification {
  var json: JSONValue {
    [
      "valid": .bool(verification.isValid), "entries": .number(verification.size),
      "root": .optional(verification.root?.text), "key": .string(key), "keyGiven": .bool(isKeyGiven),
      "witness": .optional(witness), "restsOnOthers": .bool(restsOnOthers),
      "checkpoints": .array(
        verification.checkpoints.map { checked in
          [
            "name": .string(checked.name), "entries": .number(checked.checkpoint.size),
            "root": .string(checked.checkpoint.root.text),
          ]
        }),
      "findings": .array(
        verification.findings.map { ["place": .string($0.placeText), "problem": .string($0.problem)] }),
    ]
  }
}
