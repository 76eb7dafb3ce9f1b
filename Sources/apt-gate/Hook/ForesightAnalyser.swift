import GateEngine
import GateModel
import PackageAnalysis

/// Looks into a change as far as its packages alone say what it does: without what runs on the node, which may hang who
/// asks. What it finds holds if there is no time for more.
struct ForesightAnalyser: EffectAnalyser {
  let analyser: ChangeAnalyser
  let libraries: LibraryRestarts?

  /// Whether what the packages say is all there is: with needrestart at work what runs counts too.
  var suffices: Bool { libraries?.isIdle ?? true }

  func analysis(of change: Change) -> ChangeReport { analyser.analyse(change, withLibraries: false) }
}

extension RecordedDecider {
  /// The same where nothing is known of the network: rules that need it fire.
  var withoutNetwork: RecordedDecider {
    var decider = self
    decider.base.network = nil
    return decider
  }
}
