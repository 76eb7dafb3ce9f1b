import GateModel

extension NodeDescription {
  /// What policies may read of the node. Its groups and labels are the fleet's to tell.
  var facts: NodeFacts {
    NodeFacts(
      name: hostname, distribution: system ?? "", release: systemVersion ?? "",
      architecture: Self.dpkgNames[machine] ?? machine, kernel: kernel)
  }

  /// dpkg's names of the kernel's machines, where they differ. Source: dpkg's cputable.
  private static let dpkgNames = [
    "x86_64": "amd64", "aarch64": "arm64", "i686": "i386", "i586": "i386", "armv7l": "armhf", "armv6l": "armel",
    "ppc64le": "ppc64el", "mips64": "mips64el",
  ]
}
