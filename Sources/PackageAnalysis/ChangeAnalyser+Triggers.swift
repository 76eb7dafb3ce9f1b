internal import GateModel

extension ChangeAnalyser {
  /// A run of an installed package's postinst with `triggered`; its report is the same for every change.
  struct TriggeredScript: Hashable {
    var package: PackageKey
    var arguments: [String]
  }

  /// Follows every trigger that the change activates into the postinsts that it runs.
  func followTriggers(of inputs: [BinaryInputs], _ findings: inout ChangeFindings) {
    let installedInterests = interests(&findings)
    let own = OwnInterests(inputs)
    var resolution = TriggerResolution(
      interested: { own.adjusted(installedInterests.interested(in: $0)) + own.index.interested(in: $0) },
      mayBePassedOver: own.covers)
    for input in inputs { activateByState(input, own, installedInterests, &resolution) }
    findings.activations.forEach { resolution.activate($0) }
    while let run = resolution.nextRun() {
      for activation in follow(run, own, &findings) { resolution.activate(activation) }
    }
    if resolution.isCutOff {
      let limit = TriggerResolution.runLimit
      findings.add(
        unknown: "triggers were followed for \(limit) runs; there are more", file: "triggers",
        package: inputs.first?.binary.name ?? "dpkg")
    }
  }

  /// Triggers that the change of state and the files of a package activate.
  private func activateByState(
    _ input: BinaryInputs, _ own: OwnInterests, _ installed: TriggerIndex, _ resolution: inout TriggerResolution
  ) {
    for contents in [input.old, input.candidate].compactMap({ $0 }) {
      TriggerActivation.declared(by: contents).forEach { resolution.activate($0) }
      let matches =
        installed.activated(by: contents.files).filter { own.standsAfterwards($0.interest) }
        + own.index.activated(by: contents.files)
      for match in matches {
        resolution.activate(
          match.interest,
          TriggerActivation(
            trigger: match.interest.trigger, certainty: .certain,
            evidence: Evidence(basis: contents.basis, file: match.file.path), package: input.binary.name,
            activator: input.binary.name, isCall: false))
      }
    }
  }

  /// Adds the effects of a run and gives the triggers that it activates in turn.
  private func follow(
    _ run: TriggerRun, _ own: OwnInterests, _ findings: inout ChangeFindings
  ) -> [TriggerActivation] {
    let package = run.activations.first?.package ?? run.interest.package
    let contents: PackageContents
    switch own.contents(run.interest).map({ .present($0) })
      ?? installed(run.interest.package, run.interest.architecture)
    {
    case .present(let found): contents = found
    case .absent:
      return unread(run, "it is not installed", package, &findings)
    case .unreadable(let reason):
      return unread(run, reason, package, &findings)
    }
    // A package may have an interest and no postinst: then nothing runs.
    guard let script = contents.scripts[.postinst] else { return [] }
    run.effect(script: "\(contents.name).postinst").map { findings.effects.add($0) }
    let report = report(of: run, script, contents)
    findings.effects.add(report.effects.map(run.attributed))
    findings.add(calls: report.calls)
    return TriggerActivation.called(in: report, by: contents.name, package: package).map { activation in
      var result = activation
      result.certainty = activation.certainty.and(run.certainty)
      return result
    }
  }

  private func unread(
    _ run: TriggerRun, _ reason: String, _ package: String, _ findings: inout ChangeFindings
  ) -> [TriggerActivation] {
    let names = run.triggers.joined(separator: ", ")
    findings.add(
      unknown: "what \(run.interest.package) does when triggered by \(names) is not known: \(reason)",
      file: run.interest.package, package: package)
    return []
  }

  private func report(of run: TriggerRun, _ script: MaintainerScript, _ contents: PackageContents) -> ScriptReport {
    let invocation = ScriptInvocation(script: script, arguments: run.arguments, contents: contents)
    guard contents.basis == .installed else { return interpret(invocation) }
    let key = TriggeredScript(
      package: PackageKey(name: run.interest.package, architecture: run.interest.architecture),
      arguments: run.arguments)
    if let known = triggeredReports[key] { return known }
    let report = interpret(invocation)
    triggeredReports[key] = report
    return report
  }
}
