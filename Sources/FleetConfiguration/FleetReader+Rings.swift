internal import Documents
internal import Rollout
internal import TimeWindows

extension FleetReader {
  private static let ringKeys = [
    "name", "groups", "slots", "perDomain", "deadline", "soak", "silence", "minimumHealthy", "failureBudget", "windows",
    "approvals",
  ]
  /// No grant is shorter than a node needs to ask again right before dpkg, or longer than anybody would wait.
  static let deadlines = Duration.seconds(60)...Duration.seconds(7 * 86_400)
  static let mostNodes = 1_000_000

  func ring(_ node: YamlNode, _ groups: [String], _ windows: [TimeWindow]) -> RingPlan? {
    guard let reader = MappingReader(node, "a ring", keys: Self.ringKeys, collector) else { return nil }
    let name = reader.required("name").flatMap { collector.identifier($0, "`name`", example: "canary") }
    let names = reader.required("groups").map { known($0, "group", groups) } ?? []
    var ring = RingPlan(name: name ?? "", groups: names)
    if let share = reader["slots"].flatMap({ share($0, "`slots`", least: 1) }) { ring.slots = share }
    if let node = reader["perDomain"] { ring.perDomain = perDomain(node) }
    if let value = reader["deadline"].flatMap({ deadline($0) }) { ring.deadline = value }
    // One that is refused is not missing besides.
    if let node = reader["soak"] { ring.soak = collector.duration(node, "`soak`") ?? .seconds(1) }
    if let value = reader["silence"].flatMap({ collector.duration($0, "`silence`") }) { ring.silence = value }
    if let share = reader["minimumHealthy"].flatMap({ share($0, "`minimumHealthy`", least: 0) }) {
      ring.minimumHealthy = share
    }
    if let share = reader["failureBudget"].flatMap({ share($0, "`failureBudget`", least: 0) }) {
      ring.failureBudget = share
    }
    if let node = reader["windows"] {
      let names = known(node, "window", windows.map(\.name))
      ring.windows = windows.filter { names.contains($0.name) }
      checkLengths(of: ring, at: node)
    }
    if let node = reader["approvals"] { ring.approvals = approvals(node) ?? .none }
    return name == nil ? nil : ring
  }

  /// Names that the file defines, each once.
  private func known(_ node: YamlNode, _ what: String, _ names: [String]) -> [String] {
    var found: [String] = []
    for item in collector.items(node, "`\(what)s`") {
      guard let name = collector.text(item, "a \(what)") else { continue }
      if !names.contains(name) {
        collector.error(
          .unknownName, at: item.position, "no \(what) `\(name)` is in this file",
          suggestion: names.isEmpty ? "add it to `\(what)s`" : NearestName.suggestion(for: name, in: names))
      } else if found.contains(name) {
        collector.error(.duplicateName, at: item.position, "\(what) `\(name)` stands here twice")
      } else {
        found.append(name)
      }
    }
    return found
  }

  /// `5` or `10%`.
  private func share(_ node: YamlNode, _ what: String, least: Int) -> Share? {
    guard let text = node.scalar?.text, text.hasSuffix("%") else {
      return collector.number(node, "\(what) (or a percentage such as `10%`)", in: least...Self.mostNodes)
        .map(Share.count)
    }
    let digits = text.dropLast()
    guard let percent = Int(digits), digits.allSatisfy(\.isNumber), (least...100).contains(percent) else {
      collector.error(
        .invalidValue, at: node.position, "\(what) is a percentage from \(least)% to 100%, not `\(text)`",
        suggestion: "such as `10%`, or a number of nodes")
      return nil
    }
    return .percent(percent)
  }

  /// `{rack: 1, zone: 5}`
  private func perDomain(_ node: YamlNode) -> [String: Int] {
    guard case .mapping(let entries) = node.content else {
      collector.wrongType(
        node, "`perDomain` is a mapping, not \(node.kindName)", suggestion: "such as `perDomain: {rack: 1}`")
      return [:]
    }
    var limits: [String: Int] = [:]
    for entry in entries where isLabel(entry) {
      limits[entry.key] = collector.number(entry.value, "the limit of `\(entry.key)`", in: 1...Self.mostNodes)
    }
    return limits
  }

  private func deadline(_ node: YamlNode) -> Duration? {
    guard let duration = collector.duration(node, "`deadline`") else { return nil }
    if Self.deadlines.contains(duration) { return duration }
    collector.error(
      .invalidValue, at: node.position, "`deadline` of \(DurationText.text(duration)) is not from 1 minute to 7 days",
      suggestion: "as long as an update with its checks may take, such as `30m`")
    return nil
  }

  /// A node begins only if the window stays open for its deadline: in a shorter one nothing would ever begin.
  private func checkLengths(of ring: RingPlan, at node: YamlNode) {
    for window in ring.windows {
      guard let length = window.length, length < ring.deadline else { continue }
      collector.error(
        .invalidValue, at: node.position,
        "window `\(window.name)` is open for \(DurationText.text(length)), less than the ring's `deadline` of "
          + "\(DurationText.text(ring.deadline)): nothing would ever begin",
        suggestion: "make the window longer or the deadline shorter")
    }
  }

  /// `2`, or `{count: 2, from: [anna, ben]}`.
  private func approvals(_ node: YamlNode) -> ApprovalPlan? {
    if node.scalar != nil { return collector.number(node, "`approvals`", in: 0...10).map { ApprovalPlan(count: $0) } }
    guard let reader = MappingReader(node, "`approvals`", keys: ["count", "from"], collector) else { return nil }
    let count = reader.required("count").flatMap { collector.number($0, "`count`", in: 1...10) }
    let people =
      reader["from"].map { collector.items($0, "`from`").compactMap { collector.text($0, "a person") } } ?? []
    guard let count else { return nil }
    if !people.isEmpty, Set(people).count < count {
      collector.error(
        .invalidValue, at: reader.position(of: "from"), "\(count) approvals of \(Set(people).count) people",
        suggestion: "name more people, or ask for fewer approvals")
    }
    return ApprovalPlan(count: count, from: people)
  }
}

extension TimeWindow {
  /// How long it is open each time by the clock on the wall; nil where days without a gap may make it longer.
  fileprivate var length: Duration? {
    switch schedule {
    case .once(let start, let end): .seconds(end - start)
    case .weekly(_, 0, 1440): nil
    case .weekly(_, let start, let end): .seconds(60 * (end > start ? end - start : end - start + 1440))
    }
  }
}
