/// The index as the entries make it, and what was found of it in the index that is kept beside them.
struct VerifierIndex: Sendable {
  private struct Place: Sendable {
    var sequence: Int
    /// Whether the kept index leads there, too.
    var isKept = false
  }

  /// The maps of ``IndexTopic``, in the order of its cases.
  private var topics = IndexTopic.allCases.map { _ in [String: Place]() }
  /// Where the kept index leads elsewhere.
  private var others = IndexTopic.allCases.map { _ in [String: Int]() }

  mutating func apply(_ change: IndexChange) {
    switch change {
    case .set(let topic, let key, let sequence): topics[topic.place][key] = Place(sequence: sequence)
    case .setIfAbsent(let topic, let key, let sequence):
      if topics[topic.place][key] == nil { topics[topic.place][key] = Place(sequence: sequence) }
    case .remove(let topic, let key): topics[topic.place][key] = nil
    }
  }

  /// Takes note of what the kept index has; all entries must have been applied.
  mutating func found(_ topic: IndexTopic, key: String, sequence: Int) {
    if let place = topics[topic.place].index(forKey: key), topics[topic.place].values[place].sequence == sequence {
      topics[topic.place].values[place].isKept = true
    } else {
      others[topic.place][key] = sequence
    }
  }

  /// Where the two differ, in the order of topics and keys. What was not ``found(_:key:sequence:)`` is not there.
  var differences: [(topic: IndexTopic, key: String, own: Int?, kept: Int?)] {
    IndexTopic.allCases.flatMap { topic in
      let (own, other) = (topics[topic.place], others[topic.place])
      let keys = Set(own.lazy.filter { !$0.value.isKept }.map(\.key)).union(other.keys).sorted()
      return keys.map { (topic, $0, own[$0]?.sequence, other[$0]) }
    }
  }
}

extension IndexTopic {
  fileprivate var place: Int {
    switch self {
    case .decision: 0
    case .approval: 1
    case .owedRestart: 2
    case .firstSeen: 3
    case .openRun: 4
    case .configuration: 5
    case .sync: 6
    }
  }
}
