import AptSystem
import GateEngine
import GateModel
import NetworkState
import PackageAnalysis

extension Gate {
  /// What installing the .deb at `path` would do, coming from `from` or else from what is installed.
  func inspect(file path: String, from: PackageVersion?) throws -> Inspection {
    defer { progress.finish() }
    progress.update("reading \(path)")
    let package = try DebFile.contents(of: path)
    let contents = contents()
    let installed = try from ?? contents.installed(name: package.name, architecture: package.architecture)?.version
    progress.update("analysing \(package.name)")
    let analyser = ChangeAnalyser(
      source: contents, files: try nodeFiles(), libraries: try libraryRestarts())
    let report = analyser.analyse(package: package, from: installed)
    return Inspection(
      package: package.name, source: package.source, architecture: package.architecture, version: package.version,
      from: installed, effects: report.effects, calls: report.calls,
      notes: report.warnings + contents.warnings + networkNotes(package, report.effects))
  }

  /// What a restart of systemd-networkd would cost this node now, where the .deb restarts it.
  private func networkNotes(_ package: PackageContents, _ effects: [Effect]) -> [String] {
    guard effects.contains(where: \.startsNetworkd) else { return [] }
    let version = package.name == "systemd" ? NetworkdVersion(package.version.text) : nil
    guard let facts = network.facts(starting: version) else {
      return network.unknown?.reason.map { ["what a restart of systemd-networkd would lose is not known: \($0)"] } ?? []
    }
    let counts = [
      (facts.atRisk.routes, NetworkObjectKind.route), (facts.atRisk.rules, .rule), (facts.atRisk.nexthops, .nexthop),
      (facts.atRisk.addresses, .address), (facts.atRisk.neighbours, .neighbour), (facts.atRisk.links, .link),
    ].filter { $0.0 > 0 }.map { $1.counted($0) }
    let lost = counts.isEmpty ? "nothing" : counts.joined(separator: ", ")
    return ["a restart of systemd-networkd would lose \(lost) on this node now; see `apt-gate network predict`"]
  }
}

extension Effect {
  /// Whether it makes systemd-networkd start anew.
  fileprivate var startsNetworkd: Bool {
    (kind == .restart || kind == .start) && unit?.hasPrefix("systemd-networkd.") == true
  }
}
