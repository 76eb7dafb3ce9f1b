import GateModel

extension Verdict {
  /// What the verdict means for the changes that have it.
  var meaning: String {
    switch self {
    case .allow: "may apply"
    case .shield: "may apply, but restarts of the named units must be refused meanwhile"
    case .defer: "waits for a time"
    case .stage: "waits for its turn in the fleet"
    case .approve: "waits for a person's approval"
    case .hold: "stays out until a newer version or another policy"
    case .undetermined: "stays out: something needed for a verdict was missing or broken"
    }
  }

  var rendition: TerminalStyle.Rendition {
    switch self {
    case .allow: .green
    case .shield: .cyan
    case .defer, .stage, .approve: .yellow
    case .hold, .undetermined: .red
    }
  }
}
