internal import GateModel

/// A trigger that a change activates, or may.
struct TriggerActivation {
  /// A name, or the path of a file trigger.
  var trigger: String
  var certainty: Certainty
  var evidence: Evidence
  /// The binary package of the change that it comes from.
  var package: String
  /// The package that would activate it, which for triggers of triggers is not one of the change.
  var activator: String
  /// Whether it comes from a `dpkg-trigger` call; only such a one reaches the activating package itself.
  var isCall: Bool
}

extension TriggerActivation {
  /// Triggers that a package's `triggers` file activates whenever the package changes its state.
  ///
  /// dpkg activates those of the old version and those of the new. Source: `deb-triggers(5)`, `activate`.
  static func declared(by contents: PackageContents) -> [TriggerActivation] {
    contents.triggers.filter { !$0.directive.isInterest }.map { declaration in
      TriggerActivation(
        trigger: declaration.trigger, certainty: .certain,
        evidence: Evidence(
          basis: contents.basis, file: "\(contents.name).triggers",
          text: "\(declaration.directive.rawValue) \(declaration.trigger)"),
        package: contents.name, activator: contents.name, isCall: false)
    }
  }

  /// Triggers that a script activates with `dpkg-trigger`.
  ///
  /// `certain` where one of the calls is.
  static func called(in report: ScriptReport, by activator: String, package: String) -> [TriggerActivation] {
    report.activatedTriggers.map { trigger in
      let calls = report.calls.filter { $0.tool == "dpkg-trigger" && $0.arguments.contains(trigger) }
      let call = calls.first { $0.certainty == .certain } ?? calls.first
      return TriggerActivation(
        trigger: trigger, certainty: call?.certainty ?? .possible,
        evidence: call?.evidence ?? Evidence(basis: .unknown, file: activator, text: "dpkg-trigger \(trigger)"),
        package: package, activator: activator, isCall: true)
    }
  }
}
