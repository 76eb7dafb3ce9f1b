import CoordinatorAPI
import CoordinatorClient
import Documents
import GateConfiguration
import GateModel
import Ledger
import LedgerLog
import Policy

/// The fleet's policy bundle on this node: fetched, verified with the node's own keys, never older than one that was in force,
/// checked, and put into force whole or not at all.
///
/// Whatever is wrong with a bundle, the policies stay those before, the ledger says so, and `doctor` shows it.
struct FleetPolicies {
  let fleet: FleetMembership
  let settings: GateSettings
  /// The node's name in its ledger.
  let hostname: String

  private var memory: BundleMemoryFile { BundleMemoryFile(state: settings.state) }
  private var folder: PolicyBundleFolder { PolicyBundleFolder(path: fleet.policies) }

  /// What became of a bundle.
  enum Outcome: Sendable, Hashable {
    /// Nothing is offered that is not in force, or the node takes no bundles.
    case unchanged
    case installed(Int)
    case refused(String)
  }

  /// Takes the bundle of the version that the coordinator says it has. Throws where it cannot be fetched or kept.
  @discardableResult
  func follow(offered version: Int?) throws -> Outcome {
    guard let version, !fleet.publishers.isEmpty else { return .unchanged }
    let known = try memory.memory()
    if version == known.version, folder.version == version { return try unchanged(known) }
    if version < known.version { return try refuse(version, Self.older(version, known)) }
    let patience = fleet.deadline
    do {
      let signed = try FleetQuestion.ask(fleet.address, within: patience) {
        try await $0.policyBundle(within: patience)
      }
      return try take(signed, offered: version)
    } catch let error as CoordinatorClientError where error.code == .unexpected {
      return try refuse(version, error.message)
    }
  }

  /// Puts a bundle into force, or refuses it.
  func take(_ signed: SignedPolicyBundle, offered: Int) throws -> Outcome {
    let known = try memory.memory()
    let bundle: PolicyBundle
    do throws(APIProblem) {
      bundle = try signed.verified(by: PolicyBundle.keys(fleet.publishers))
    } catch {
      return try refuse(offered, error.value, signed)
    }
    let digest = PolicyFingerprint.text(of: signed.payload)
    if bundle.version < known.version { return try refuse(bundle.version, Self.older(bundle.version, known), signed) }
    if bundle.version == known.version, digest != known.digest {
      return try refuse(bundle.version, "another bundle of version \(bundle.version) was in force before", signed)
    }
    let draft = try folder.draft(bundle)
    if let problem = problem(of: draft) {
      folder.discard(draft)
      return try refuse(bundle.version, problem, signed)
    }
    do {
      try folder.keep(draft, as: bundle.version)
    } catch {
      folder.discard(draft)
      throw error
    }
    // From here on nothing older comes back, whatever happens before it is in force.
    try memory.change { memory in
      memory = BundleMemory()
      (memory.version, memory.digest, memory.signer) = (bundle.version, digest, signed.signer)
    }
    try folder.enact(bundle.version)
    try record(PolicyBundleRecord(.installed, version: bundle.version, signer: signed.signer, digest: digest))
    return .installed(bundle.version)
  }

  /// The first error in the policies, alone or among those of the node; nil if there is none.
  private func problem(of draft: String) -> String? {
    let among = settings.folders(withFleetPolicies: draft)
    for folders in [[draft], among] {
      do {
        let load = PolicySet.load(try PolicyFolders(folders: folders, mayBeMissing: true).sources())
        let errors = load.diagnostics.filter { $0.severity == .error && $0.file.hasPrefix(draft) }
        if let first = errors.first {
          let place = first.file.dropFirst(draft.count + 1)
          return "its policies are broken: \(place):\(first.position.line): \(first.message)"
        }
      } catch {
        if folders == [draft] { return "its policies cannot be read: \(CommandFailure(describing: error).message)" }
      }
    }
    return nil
  }

  private static func older(_ version: Int, _ known: BundleMemory) -> String {
    "version \(version) is older than \(known.version), which was in force before"
  }

  /// What was refused before is offered no more.
  private func unchanged(_ known: BundleMemory) throws -> Outcome {
    if known.refusal != nil { try memory.change { $0.refusal = nil } }
    return .unchanged
  }

  /// Remembers and records why; once, however often it is offered.
  private func refuse(_ version: Int, _ reason: String, _ signed: SignedPolicyBundle? = nil) throws -> Outcome {
    var isNew = false
    try memory.change { memory in
      isNew = memory.refusal?.version != version || memory.refusal?.reason != reason
      if isNew { memory.refusal = BundleMemory.Refusal(version: version, reason: reason, since: .now) }
    }
    if isNew {
      let digest = signed.map { PolicyFingerprint.text(of: $0.payload) }
      try record(
        PolicyBundleRecord(.refused, version: version, signer: signed?.signer, digest: digest, message: reason))
    }
    return .refused(reason)
  }

  private func record(_ record: PolicyBundleRecord) throws {
    try NodeLedger.open(state: settings.state, node: hostname).append([.policyBundle(record)], at: .now)
  }
}

extension FleetPolicies {
  /// Asks which version the coordinator has, and follows it. A coordinator that does not answer stops nothing.
  func askAndFollow() {
    guard !fleet.publishers.isEmpty else { return }
    do {
      let (labels, patience) = (fleet.labels, fleet.deadline)
      let answer = try FleetQuestion.ask(fleet.address, within: patience) {
        try await $0.checkIn(CheckInRequest(labels: labels), within: patience)
      }
      followQuietly(offered: answer.policyBundle)
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
    }
  }

  /// As ``follow(offered:)``, where what cannot be done is told on standard error and stops nothing else.
  func followQuietly(offered version: Int?) {
    do {
      guard case .refused(let reason) = try follow(offered: version) else { return }
      try StandardStream.error.write(
        DisplayText.line("apt-gate: the fleet's policy bundle is refused: \(reason)") + "\n")
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
    }
  }
}
