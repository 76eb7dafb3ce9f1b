internal import GateModel

/// New kernels and the reboots they need, from names and, where they are at hand, files.
///
/// A kernel that is installed runs after the next boot only: unattended-upgrades' `/etc/kernel/postinst.d/unattended-upgrades`
/// writes `/run/reboot-required` for every image (the convention is Debian Policy, 9.12), and needrestart(1), `-k`, asks
/// for a reboot when the newest installed image is not the running one.
struct KernelEffects {
  let binary: BinaryChange
  let comparison: FileComparison
  /// Whether the change itself has the image that a meta package of it brings.
  let imageIsKnown: Bool

  /// Whether a binary package of a change is a kernel image that comes or is replaced.
  static func bringsImage(_ binary: BinaryChange) -> Bool {
    guard case .image = KernelImage(package: binary.name) else { return false }
    return binary.action != .remove
  }

  func effects() -> [Effect] {
    switch KernelImage(package: binary.name) {
    case .image(let abi): return imageEffects(abi, nameEvidence)
    case .meta: return metaEffects()
    case nil: return fileEffects() + RebootRule.effects(of: binary)
    }
  }

  /// Evidence that the name of the package is, when no file is at hand.
  private var nameEvidence: Evidence {
    let path = comparison.entries.lazy.filter { KernelImage.abi(ofImage: $0.path) != nil }
      .compactMap { ($0.new ?? $0.old)?.path }.first
    guard let path else { return Evidence(basis: .unknown, file: binary.name, text: "the name of the package") }
    return Evidence(basis: comparison.basis, file: path)
  }

  private func imageEffects(_ abi: String, _ evidence: Evidence) -> [Effect] {
    switch binary.action {
    case .install:
      [
        effect(.kernel, .certain, evidence, "new kernel ABI \(abi)"),
        effect(.reboot, .certain, evidence, "kernel \(abi) runs after a reboot"),
      ]
    case .upgrade, .downgrade:
      [
        effect(.kernel, .certain, evidence, "kernel \(abi) is replaced, same ABI"),
        effect(.reboot, .certain, evidence, "the replaced kernel \(abi) runs after a reboot"),
      ]
    case .remove: [effect(.kernel, .certain, evidence, "kernel ABI \(abi) is removed")]
    }
  }

  private func metaEffects() -> [Effect] {
    guard binary.action != .remove, !imageIsKnown else { return [] }
    let evidence = Evidence(basis: .unknown, file: binary.name, text: "the name of the package")
    return [
      effect(.kernel, .possible, evidence, "kernel meta package: it brings the image that it depends on"),
      effect(.reboot, .possible, evidence, "a kernel that the meta package brings runs after a reboot"),
    ]
  }

  /// Images and modules in packages of other names.
  private func fileEffects() -> [Effect] {
    var seen: Set<String> = []
    var effects: [Effect] = []
    for entry in comparison.entries {
      let image = KernelImage.abi(ofImage: entry.path)
      guard let abi = image ?? KernelImage.abi(ofModule: entry.path), image != nil || !seen.contains(abi),
        let state = comparison.state(of: entry)
      else { continue }
      let evidence = Evidence(basis: comparison.basis, file: (entry.new ?? entry.old)?.path ?? entry.path)
      if image != nil {
        effects += imageEffects(abi, evidence)
      } else if seen.insert(abi).inserted {
        effects.append(effect(.kernel, .certain, evidence, "modules of kernel \(abi): \(state.rawValue)"))
      }
    }
    return effects
  }

  private func effect(_ kind: EffectKind, _ certainty: Certainty, _ evidence: Evidence, _ detail: String) -> Effect {
    Effect(kind: kind, certainty: certainty, evidence: evidence, package: binary.name, detail: detail)
  }
}
