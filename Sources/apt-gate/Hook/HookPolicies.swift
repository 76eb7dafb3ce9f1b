import AptSystem
import GateConfiguration
import GateEngine
import GateModel
import Ledger
import LedgerLog
import Policy

/// What a hook decides by: the policies, and what the node remembers.
struct HookPolicies {
  let set: PolicySet
  let digest: String

  /// The policies in force, as far as they can be read; what cannot be is told on standard error.
  init(_ settings: GateSettings, _ options: SettingsOptions) {
    do {
      set = try options.policies(settings)
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
      set = .unreadable
    }
    digest = PolicyFingerprint.text(of: set.canonicalBytes)
  }

  /// Decides about `changes` with what the ledger below `state` and the pins know. What cannot be read is not known, and
  /// rules that need it fire.
  func decider(on changes: [Change], state: String, holds: [Hold] = []) -> any ChangeDecider {
    var base = FactsDecider(
      policies: set, node: set.asksForGroups ? nil : NodeDescription.current().facts, now: .now)
    guard let ledger = try? NodeLedger.read(state: state) else { return base }
    for change in changes {
      guard let version = change.to else { continue }
      let key = NodeMemory.Version(source: change.source, version: version)
      base.memory.firstSeen[key] = (try? ledger.firstSeen(source: change.source, version: version.text)) ?? base.now
    }
    for hold in holds {
      for pin in hold.pins {
        base.memory.heldSince[NodeMemory.Version(source: pin.source, version: pin.version)] = hold.since ?? base.now
      }
    }
    base.memory.owedRestarts = (try? ledger.owedRestarts()).map { Set($0.map(\.record.unit)) }
    let approvals = ((try? ledger.approvals(at: base.now)) ?? []).map { Approval($0.record) }
    return RecordedDecider(base: base, approvals: approvals, policyDigest: digest)
  }
}
