import GateEngine
import GateModel
import PackageAnalysis

/// A source, analyser and decider whose answers a test writes down.
struct ScriptedNode: PendingChangesSource, PackageNameSource, EffectAnalyser, ChangeDecider {
  struct Refusal: Error, CustomStringConvertible { var description: String }

  var changes: [Change] = []
  var keptBack: [KeptBackPackage] = []
  var warnings: [String] = []
  var names: [String] = []
  var analyses: [String: ChangeReport] = [:]
  var verdicts: [String: Verdict] = [:]
  /// Sources of which the decider cannot say anything.
  var undecidable: Set<String> = []

  func pending() throws -> PendingChanges {
    PendingChanges(changes: changes, keptBack: keptBack, warnings: warnings)
  }

  func packageNames() throws -> PackageNames { PackageNames(sources: Set(names), binaries: []) }

  func analysis(of change: Change) throws -> ChangeReport {
    guard let analysis = analyses[change.source] else { throw Refusal(description: "no analysis of \(change.source)") }
    return analysis
  }

  func decision(on change: Change, effects: [Effect]) throws -> Decision {
    if undecidable.contains(change.source) { throw Refusal(description: "no policy") }
    return Decision(verdict: verdicts[change.source] ?? .allow, decidedBy: ["r"], message: nil, clearsWhen: nil)
  }

  var pipeline: CheckPipeline { CheckPipeline(source: self, names: self, analyser: self, decider: self) }
}

extension Change {
  /// An upgrade of `source` from 1 to 2 with `binaries`, each for amd64.
  static func upgrade(_ source: String, binaries: [String] = []) -> Change {
    let names = binaries.isEmpty ? [source] : binaries
    return Change(
      source: source, from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade,
      binaries: names.map { name in
        BinaryChange(
          name: name, architecture: "amd64", from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade)
      })
  }
}

extension ChangeReport {
  /// A report without effects that rests on `basis`.
  static func nothing(_ basis: EvidenceBasis...) -> ChangeReport {
    ChangeReport(bases: basis.map { BinaryBasis(name: "p", architecture: "amd64", basis: $0) })
  }
}
