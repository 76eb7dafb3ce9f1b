public import GateModel

extension Origin {
  /// Whether this is a pocket of the archive that carries security updates.
  ///
  /// The rule: the label is `Debian-Security` (Debian's security archive, in every release), or the suite or the
  /// codename ends in `-security` (Debian from 11: suite `stable-security`, codename `bookworm-security`; Ubuntu:
  /// suite `noble-security`; Ubuntu's ESM: suites `focal-infra-security` and `focal-apps-security` of the origins
  /// `UbuntuESM` and `UbuntuESMApps`).
  ///
  /// Source: the Release files of those archives, and the origins that unattended-upgrades 2.9 ships as its
  /// defaults for Debian and Ubuntu.
  public var isSecurityPocket: Bool {
    label == "Debian-Security" || suite.hasSuffix("-security") || codename.hasSuffix("-security")
  }
}
