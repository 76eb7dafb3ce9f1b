internal import GateModel

extension Facts {
  /// The facts by their names, those that are known. Texts that do not apply are left out, so that `has()` can
  /// ask for them.
  var values: [String: FactValue] {
    var result: [String: FactValue] = ["update": updateValue, "effects": .list(effects.map(\.value))]
    result["node"] = node?.value
    result["network"] = network?.value
    result["fleet"] = fleet?.value
    result["now"] = now.map { .timestamp($0) }
    return result
  }

  /// `update`, the only fact besides `now` that changes as time passes.
  var updateValue: FactValue {
    var fields: [String: FactValue] = [
      "source": .string(change.source), "action": .string(change.action.rawValue),
      "security": .bool(change.isSecurity), "binaries": .list(change.binaries.map(\.value)),
      "origins": .list(change.origins.map(\.value)), "downloadSize": .int(Int64(clamping: change.downloadSize)),
    ]
    fields["from"] = change.from.map { .string($0.text) }
    fields["to"] = change.to.map { .string($0.text) }
    fields["firstSeen"] = firstSeen.map { .timestamp($0) }
    fields["heldSince"] = heldSince.map { .timestamp($0) }
    fields["age"] = age.map { .duration($0) }
    return .map(fields)
  }
}

extension BinaryChange {
  fileprivate var value: FactValue {
    var fields: [String: FactValue] = [
      "name": .string(name), "architecture": .string(architecture), "action": .string(action.rawValue),
    ]
    fields["from"] = from.map { .string($0.text) }
    fields["to"] = to.map { .string($0.text) }
    return .map(fields)
  }
}

extension Origin {
  fileprivate var value: FactValue {
    .map([
      "origin": .string(origin), "label": .string(label), "suite": .string(suite), "codename": .string(codename),
      "component": .string(component), "site": .string(site),
    ])
  }
}

extension Effect {
  fileprivate var value: FactValue {
    var proof: [String: FactValue] = ["basis": .string(evidence.basis.rawValue), "file": .string(evidence.file)]
    proof["line"] = evidence.line.map { .int(Int64($0)) }
    proof["text"] = evidence.text.map { .string($0) }
    var fields: [String: FactValue] = [
      "kind": .string(kind.rawValue), "certainty": .string(certainty.rawValue), "package": .string(package),
      "evidence": .map(proof),
    ]
    fields["unit"] = unit.map { .string($0) }
    fields["verb"] = verb.map { .string($0) }
    fields["detail"] = detail.map { .string($0) }
    return .map(fields)
  }
}

extension NodeFacts {
  fileprivate var value: FactValue {
    var fields: [String: FactValue] = [
      "name": .string(name), "groups": .strings(groups), "distribution": .string(distribution),
      "release": .string(release), "architecture": .string(architecture), "kernel": .string(kernel),
      "labels": .map(labels.mapValues { .string($0) }),
    ]
    fields["owedRestarts"] = owedRestarts.map { .strings($0) }
    return .map(fields)
  }
}

extension FleetFacts {
  fileprivate var value: FactValue {
    .map([
      "reachable": .bool(reachable), "ring": .string(ring), "halted": .bool(halted),
      "updatedNodes": .int(Int64(updatedNodes)), "failedNodes": .int(Int64(failedNodes)),
    ])
  }
}
