import GateModel

/// The packages that apt itself keeps back, each with the reason.
struct KeptBackText {
  var packages: [KeptBackPackage]
  var layout: TextLayout

  var lines: [String] {
    guard !packages.isEmpty else { return [] }
    return [layout.style(.bold, "KEPT BACK BY APT")] + packages.flatMap(lines)
  }

  private func lines(of package: KeptBackPackage) -> [String] {
    let versions = VersionPhrase.text(from: package.from, to: package.to)
    let head = "\(package.name):\(package.architecture)  \(versions)"
    return layout.labelled("", head, indent: 2)
      + Self.reasons(of: package.reason).flatMap { layout.labelled("    because", $0, indent: 14) }
  }

  static func reasons(of reason: KeptBackReason) -> [String] {
    switch reason {
    case .held: ["it is on hold; `apt-mark unhold` lets it go"]
    case .phased(let phasing):
      ["it is phased: \(phasing.percentage) % of machines have it, and this one is not among them yet"]
    case .dependencies(let obstacles): obstacles.map(text)
    case .unknown: ["apt does not say why"]
    }
  }

  private static func text(of obstacle: DependencyObstacle) -> String {
    let blockers = obstacle.inTheWay.joined(separator: ", ")
    return "\(obstacle.package) has `\(obstacle.relation)`" + (blockers.isEmpty ? "" : "; in the way: \(blockers)")
  }
}
