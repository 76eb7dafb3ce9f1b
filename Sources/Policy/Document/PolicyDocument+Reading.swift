internal import Documents
internal import GateModel
internal import TimeWindows

extension PolicyReader {
  /// Reads the whole document; what is broken in it is reported and left out.
  func document(_ root: YamlNode) -> PolicyDocument? {
    let keys = ["apiVersion", "name", "description", "gated", "windows", "rules", "escalations"]
    guard let reader = MappingReader(root, "a policy", keys: keys, self) else { return nil }
    checkVersion(reader)
    let name = reader.required("name").flatMap { identifier($0, "`name`") } ?? ""
    var document = PolicyDocument(name: name, file: source.name, gated: [], windows: [], escalations: [], rules: [])
    document.description = reader["description"].flatMap { line($0, "`description`") }
    if let node = reader["gated"] {
      document.gated = list(node, "gated").compactMap { match($0, "an entry of `gated`") }
    }
    if let node = reader["windows"] { document.windows = windows(list(node, "windows")) }
    if let node = reader["rules"] { document.rules = list(node, "rules").compactMap { rule($0, in: document) } }
    if let node = reader["escalations"] { document.escalations = list(node, "escalations").compactMap(escalation) }
    if !isTruncated, !["gated", "rules", "escalations"].contains(where: { reader[$0] != nil }) {
      error(
        .missingKey, at: root.position, "a policy has neither `gated` nor `rules` nor `escalations`",
        suggestion: "add `rules:`")
    }
    return document
  }

  private func windows(_ nodes: [YamlNode]) -> [TimeWindow] {
    var windows: [TimeWindow] = []
    for node in nodes {
      guard let window = window(node) else { continue }
      if windows.contains(where: { $0.name == window.name }) {
        error(.duplicateName, at: node.position, "window `\(window.name)` is already in this policy")
      } else {
        windows.append(window)
      }
    }
    return windows.sorted { $0.name < $1.name }
  }

  private static let ruleKeys =
    ["id", "description", "match", "except"] + timeKeys + ["when", "effect", "message", "enforce", "clears"]

  private func rule(_ node: YamlNode, in document: PolicyDocument) -> PolicyRule? {
    guard let reader = MappingReader(node, "a rule", keys: Self.ruleKeys, self) else { return nil }
    // Each part is read even if one before it is broken, so that all errors are said.
    let id = reader.required("id").flatMap { identifier($0, "`id`") }
    let match = reader.required("match").flatMap { self.match($0, "a match") }
    let except = reader["except"].map { items($0, "`except`").compactMap { self.match($0, "an exception") } } ?? []
    let time = timeTerms(reader, document.windows)
    let when = reader["when"].flatMap(condition)
    let effect = reader.required("effect").flatMap(self.effect)
    let message = reader.required("message").flatMap { self.message($0, "`message`") }
    let clears = reader["clears"].flatMap { self.message($0, "`clears`") }
    let enforcement = reader["enforce"].map { word($0, "enforcement", as: Enforcement.self) } ?? .soft
    let description = reader["description"].flatMap { line($0, "`description`") }
    guard let id, let match, let time, let effect, let message, let enforcement,
      when != nil || reader["when"] == nil
    else { return nil }
    let rule = PolicyRule(
      id: id, description: description, policy: document.name, file: source.name, position: reader.position,
      effectPosition: reader.position(of: "effect"), match: match, except: except, time: time, when: when,
      effect: effect,
      message: message, enforcement: enforcement, clears: clears)
    check(rule)
    return rule
  }

  /// What only shows when the parts of a rule stand together.
  private func check(_ rule: PolicyRule) {
    if rule.effect.verdict == .defer, rule.time.isEmpty, rule.when == nil {
      error(
        .invalidValue, at: rule.effectPosition, "`defer` waits for a time, and the rule names none",
        suggestion: "add `during`, `outside`, `youngerThan` or a `when`; or use `hold`")
    }
    if case .approve = rule.effect, rule.enforcement == .hard {
      error(
        .invalidValue, at: rule.effectPosition,
        "a rule that waits for approval cannot be `hard`: no approval clears it",
        suggestion: "use `hold`, or `enforce: soft`")
    }
  }

  /// A name that a policy gives: lower-case words joined by hyphens.
  func identifier(_ node: YamlNode, _ what: String) -> String? {
    identifier(node, what, example: "networkd-restart")
  }

  func checkVersion(_ reader: MappingReader) {
    checkVersion(reader, of: "policies", is: PolicyDocument.apiVersion)
  }
}
