internal import GateModel

/// One call of a maintainer script by dpkg.
private struct ScriptStep {
  var name: MaintainerScript.Name
  var arguments: [String]
  var contents: PackageContents?
}

extension ChangeAnalyser {
  /// Interprets the scripts in the order in which dpkg runs them when all goes well.
  func runScripts(of input: BinaryInputs, _ findings: inout ChangeFindings) {
    for step in steps(of: input) {
      guard let contents = step.contents, let script = contents.scripts[step.name] else { continue }
      let report = interpret(
        ScriptInvocation(script: script, arguments: step.arguments, contents: contents))
      findings.effects.add(report.effects)
      findings.add(calls: report.calls)
      findings.activations += TriggerActivation.called(
        in: report, by: input.binary.name, package: input.binary.name)
    }
  }

  /// Source: Debian Policy, 6.5 (arguments) and 6.6 (order of an upgrade); preinst's third word is dpkg's since 1.18.5.
  private func steps(of input: BinaryInputs) -> [ScriptStep] {
    let from = input.binary.from?.text ?? input.old?.version.text ?? ""
    let to = input.binary.to?.text ?? ""
    switch input.binary.action {
    case .upgrade, .downgrade:
      return [
        ScriptStep(name: .prerm, arguments: ["upgrade", to], contents: input.old),
        ScriptStep(name: .preinst, arguments: ["upgrade", from, to], contents: input.new),
        ScriptStep(name: .postrm, arguments: ["upgrade", to], contents: input.old),
        ScriptStep(name: .postinst, arguments: ["configure", from], contents: input.new),
      ]
    case .install:
      // dpkg passes an empty word where no version was configured before.
      return [
        ScriptStep(name: .preinst, arguments: ["install"], contents: input.new),
        ScriptStep(name: .postinst, arguments: ["configure", ""], contents: input.new),
      ]
    case .remove:
      return [
        ScriptStep(name: .prerm, arguments: ["remove"], contents: input.old),
        ScriptStep(name: .postrm, arguments: ["remove"], contents: input.old),
      ]
    }
  }
}
