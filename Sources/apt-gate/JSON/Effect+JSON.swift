import GateModel
import PackageAnalysis

extension Effect {
  /// One element of `effects`.
  var json: JSONValue {
    [
      "kind": .string(kind.rawValue),
      "unit": .optional(unit),
      "verb": .optional(verb),
      "certainty": .string(certainty.rawValue),
      "evidence": evidence.json,
      "package": .string(package),
      "detail": .optional(detail),
    ]
  }
}

extension Evidence {
  var json: JSONValue {
    ["basis": .string(basis.rawValue), "file": .string(file), "line": .optional(line), "text": .optional(text)]
  }
}

extension ScriptCall {
  /// One element of `calls`; a word that could not be known is null.
  var json: JSONValue {
    [
      "tool": .string(tool),
      "arguments": .array(arguments.map { JSONValue.optional($0) }),
      "certainty": .string(certainty.rawValue),
      "evidence": evidence.json,
    ]
  }
}
