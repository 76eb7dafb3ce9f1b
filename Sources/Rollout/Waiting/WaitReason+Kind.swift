extension WaitReason {
  /// What kind of reason it is; stable, for programs.
  public var kind: String {
    switch self {
    case .halted: "halted"
    case .earlierRing: "earlier-ring"
    case .approvals: "approvals"
    case .slots: "slots"
    case .domain: "failure-domain"
    case .window: "window"
    case .soak: "soak"
    case .minimumHealthy: "minimum-healthy"
    case .unheard: "unheard"
    case .noMembers: "no-members"
    case .atWork: "at-work"
    case .turn: "turn"
    case .unproven, .unprovenNodes: "unproven"
    case .noRing: "no-ring"
    case .severalRings: "several-rings"
    case .unwell: "unwell"
    }
  }
}
