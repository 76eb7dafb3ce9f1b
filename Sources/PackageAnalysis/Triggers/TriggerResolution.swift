internal import GateModel

/// Which postinsts run with `triggered` because of a change, followed until nothing new is activated.
///
/// A pure queue: it is told of activations and hands out runs; who interprets the runs tells it what they activate.
struct TriggerResolution {
  /// Runs after which following stops. dpkg itself gives up on cycles; each pair of package and trigger runs once here, so
  /// only a node with very many interests comes near it.
  static let runLimit = 500

  private struct Key: Hashable {
    var package: String
    var architecture: String
    var trigger: String
  }

  private let interested: (String) -> [TriggerInterest]
  private let mayBePassedOver: (TriggerInterest) -> Bool
  /// The strongest certainty with which a package has been triggered by a name.
  private var seen: [Key: Certainty] = [:]
  private var pending: [(interest: TriggerInterest, activation: TriggerActivation)] = []
  private(set) var runs = 0

  /// - Parameters:
  ///   - interested: who is interested in a trigger of that name.
  ///   - mayBePassedOver: whether the interested package may be configured later anyway, and not be triggered.
  init(
    interested: @escaping (String) -> [TriggerInterest], mayBePassedOver: @escaping (TriggerInterest) -> Bool
  ) {
    self.interested = interested
    self.mayBePassedOver = mayBePassedOver
  }

  /// Whether following stopped before everything was followed.
  var isCutOff: Bool { runs >= Self.runLimit && !pending.isEmpty }

  mutating func activate(_ activation: TriggerActivation) {
    for interest in interested(activation.trigger) { activate(interest, activation) }
  }

  /// Notes that `activation` reaches `interest`.
  ///
  /// A package whose own unpacking or configuring activates a trigger is not triggered by it: its `postinst configure` is
  /// still to come and does the same work. Its own `dpkg-trigger` calls do trigger it afterwards. Source: dpkg's
  /// `triggers.txt`, "Details - Overview table" and `trig_note_pend`.
  mutating func activate(_ interest: TriggerInterest, _ activation: TriggerActivation) {
    let isOwn = interest.package == activation.activator
    guard activation.isCall || !isOwn else { return }
    var activation = activation
    if !isOwn, mayBePassedOver(interest) { activation.certainty = .possible }
    let key = Key(package: interest.package, architecture: interest.architecture, trigger: interest.trigger)
    if let known = seen[key], known == .certain || activation.certainty == .possible { return }
    seen[key] = activation.certainty
    pending.append((interest, activation))
  }

  /// The next run; nil when everything has been followed or the limit is reached.
  ///
  /// All pending triggers of a package that are equally certain make one run, as dpkg passes all names at once.
  mutating func nextRun() -> TriggerRun? {
    guard runs < Self.runLimit, let first = pending.first else { return nil }
    runs += 1
    let belongs = { (other: (interest: TriggerInterest, activation: TriggerActivation)) in
      other.interest.package == first.interest.package && other.interest.architecture == first.interest.architecture
        && other.activation.certainty == first.activation.certainty
    }
    let members = pending.filter(belongs)
    pending.removeAll(where: belongs)
    return TriggerRun(
      interest: first.interest, activations: members.map(\.activation), triggers: members.map(\.interest.trigger))
  }
}
