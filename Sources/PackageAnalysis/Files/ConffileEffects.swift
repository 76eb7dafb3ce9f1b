internal import GateModel

/// Configuration files that the administrator changed and that have a new version in the package.
///
/// dpkg asks, or keeps the node's file with `--force-confold`, when the file differs from what the installed version shipped
/// and the new version ships something else than the installed one did. Source: Debian Policy, 10.7.3 and appendix E
/// ("Configuration file handling"), and `dpkg(1)`, `--force-confold`.
enum ConffileEffects {
  /// `certain` where the new version's file is known, `possible` where its .deb is not at hand.
  static func effects(old: PackageContents, candidate: PackageContents?) -> [Effect] {
    old.conffiles.compactMap { conffile in
      guard let onNode = conffile.nodeDigest, let shipped = conffile.packagedDigest, onNode != shipped else {
        return nil
      }
      guard let candidate else { return effect(conffile, old, .possible, .installed) }
      guard let new = candidate.conffiles.first(where: { $0.path == conffile.path }) else { return nil }
      guard let digest = new.packagedDigest else { return effect(conffile, old, .possible, .candidate) }
      // A node that already has the new content has nothing to be asked.
      return digest == shipped || digest == onNode ? nil : effect(conffile, old, .certain, .candidate)
    }
  }

  private static func effect(
    _ conffile: Conffile, _ package: PackageContents, _ certainty: Certainty, _ basis: EvidenceBasis
  ) -> Effect {
    let has = certainty == .certain ? "has" : "may have"
    return Effect(
      kind: .conffile, certainty: certainty,
      evidence: Evidence(basis: basis, file: conffile.path, text: "changed on this node"), package: package.name,
      detail: "\(conffile.path) was changed on this node and \(has) a new version in the package")
  }
}
