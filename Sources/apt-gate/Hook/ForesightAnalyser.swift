import GateEngine
import GateModel
import PackageAnalysis

/// Looks into each change once: as far as its packages alone say what it does, where that is all there is; else also at what
/// runs on the node, which may hang who asks.
final class ForesightAnalyser: EffectAnalyser {
  private let analyser: ChangeAnalyser
  private var known: [Change: ChangeReport] = [:]

  /// Whether what the packages say is all there is: with needrestart at work what runs counts too.
  let suffices: Bool

  init(analyser: ChangeAnalyser, libraries: LibraryRestarts?) {
    self.analyser = analyser
    suffices = libraries?.isIdle ?? true
  }

  func analysis(of change: Change) -> ChangeReport {
    if let report = known[change] { return report }
    let report = analyser.analyse(change, withLibraries: !suffices)
    known[change] = report
    return report
  }
}

extension RecordedDecider {
  /// The same where nothing is known of the network: rules that need it fire.
  var withoutNetwork: RecordedDecider {
    var decider = self
    decider.base.network = nil
    return decider
  }
}
