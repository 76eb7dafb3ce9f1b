import GateConfiguration
import LedgerLog
import Policy

/// The policies that decide on this node: those that are configured or, where none of them can be read, those that hold
/// what can take the network or the node away.
struct PoliciesInForce {
  let set: PolicySet
  let digest: String
  /// False where the built-in ones stand in: whatever was held before then stays held, for nobody can say why it was.
  let isReadable: Bool

  /// What cannot be read is told on standard error.
  init(_ settings: GateSettings, _ choice: SettingsChoice) {
    do {
      self.init(try choice.policySet(settings))
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
      self.init(.unreadable, isReadable: false)
    }
  }

  init(_ set: PolicySet, isReadable: Bool = true) {
    (self.set, self.isReadable) = (set, isReadable)
    digest = PolicyFingerprint.text(of: set.canonicalBytes)
  }

  /// Whether what they say is not the whole of what the administrator wrote.
  var isBroken: Bool { !isReadable || set.brokenBy != nil }
}
